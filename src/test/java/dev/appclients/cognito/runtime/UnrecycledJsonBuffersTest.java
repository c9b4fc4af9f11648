package dev.appclients.cognito.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.util.BufferRecycler;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.Map;
import org.junit.jupiter.api.Test;

class UnrecycledJsonBuffersTest {

    @Test
    void noBufferWithTheValueOfASecretIsUsedAgain() throws Exception {
        ObjectMapper mapper = new ObjectMapper();
        new UnrecycledJsonBuffers().customize(mapper);

        mapper.readTree(mapper.writeValueAsBytes(Map.of("client-secret", "canary")));

        BufferRecycler next = mapper.getFactory()._getBufferRecycler();
        assertThat(new String(
                        next.allocByteBuffer(BufferRecycler.BYTE_READ_IO_BUFFER),
                        java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("canary");
        assertThat(new String(next.allocCharBuffer(BufferRecycler.CHAR_TEXT_BUFFER)))
                .doesNotContain("canary");
        assertThat(mapper.getFactory()._getRecyclerPool().pooledCount()).isLessThanOrEqualTo(0);
    }
}
