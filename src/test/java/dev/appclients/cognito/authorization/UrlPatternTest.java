package dev.appclients.cognito.authorization;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Attacks the patterns of permitted URLs as the author of a manifest in namespace shop would. */
class UrlPatternTest {

    /** Lines that begin with {@code https}, {@code http} or a scheme are patterns; + marks URLs that match, - URLs that do not. */
    private static final String TABLE = """
            https://${namespace}.apps.example.com/*
            + https://shop.apps.example.com/
            + https://shop.apps.example.com/callback
            + https://shop.apps.example.com/a/b/c
            + https://shop.apps.example.com/a/
            + https://shop.apps.example.com:443/callback
            + https://shop.apps.example.com/a;b=c
            + https://shop.apps.example.com/@user
            + https://shop.apps.example.com/a%20b
            + https://shop.apps.example.com/a%3bb
            + https://shop.apps.example.com/%c3%bc
            + https://shop.apps.example.com/%e0%a4%85/%f0%9f%98%80
            + https://shop.apps.example.com/Callback
            + https://shop.apps.example.com/a..b
            + https://shop.apps.example.com/...
            + https://shop.apps.example.com/(a),$b'!&c=+
            - https://shop.apps.example.com
            - https://shop-admin.apps.example.com/callback
            - https://shop2.apps.example.com/callback
            - https://myshop.apps.example.com/callback
            - https://sho.apps.example.com/callback
            - https://apps.example.com/callback
            - https://.apps.example.com/callback
            - https://x.shop.apps.example.com/callback
            - https://shop.x.apps.example.com/callback
            - https://shop..apps.example.com/callback
            - https://shop.apps.example.com./callback
            - https://shop.apps.example.com.evil.com/callback
            - https://shop.apps.example.com.evil/callback
            - https://shop.apps.example.org/callback
            - https://shop.apps.example.co/callback
            - https://shop.apps.example.comx/callback
            - https://shop.apps-example.com/callback
            - https://shop.apps.xexample.com/callback
            - https://shopxapps.example.com/callback
            - https://evil.com/shop.apps.example.com/callback
            - https://evil.com?shop.apps.example.com/
            - https://evil.com#shop.apps.example.com/
            - https://evil.com\\shop.apps.example.com/
            - https://evil.com\\@shop.apps.example.com/
            - https://shop.apps.example.com\\@evil.com/
            - https://shop.apps.example.com\\.evil.com/
            - https://shop.apps.example.com@evil.com/callback
            - https://evil.com@shop.apps.example.com/callback
            - https://user:password@shop.apps.example.com/callback
            - https://@shop.apps.example.com/callback
            - https://shop.apps.example.com:@evil.com/callback
            - https://shop.apps.example.com:443@evil.com/callback
            - https://shop.apps.example.com%40evil.com/callback
            - https://evil.com%2eshop.apps.example.com/callback
            - https://shop%2eapps.example.com/callback
            - https://shop.apps.example.com%2f@evil.com/callback
            - https://evil.com%2Fshop.apps.example.com/callback
            - https://evil.com%5c.shop.apps.example.com/callback
            - https://s%68op.apps.example.com/callback
            - https://Shop.apps.example.com/callback
            - https://shop.apps.Example.com/callback
            - https://shop.apps.example.COM/callback
            - HTTPS://shop.apps.example.com/callback
            - Https://shop.apps.example.com/callback
            - http://shop.apps.example.com/callback
            - httpss://shop.apps.example.com/callback
            - ftp://shop.apps.example.com/callback
            - //shop.apps.example.com/callback
            - shop.apps.example.com/callback
            - https:shop.apps.example.com/callback
            - https:/shop.apps.example.com/callback
            - https:///shop.apps.example.com/callback
            - https:\\\\shop.apps.example.com/callback
            - https//shop.apps.example.com/callback
            - javascript://shop.apps.example.com/%0aalert(1)
            - javascript:alert(1)//shop.apps.example.com/
            - data:text/html,//shop.apps.example.com/
            - https://shop.apps.example.com:8443/callback
            - https://shop.apps.example.com:80/callback
            - https://shop.apps.example.com:4430/callback
            - https://shop.apps.example.com:0443/callback
            - https://shop.apps.example.com:/callback
            - https://shop.apps.example.com:443:443/callback
            - https://shop.apps.example.com:65979/callback
            - https://shop.apps.example.com:-1/callback
            - https://shop.apps.example.com:443x/callback
            - https://shop.apps.example.com/../callback
            - https://shop.apps.example.com/a/../../b
            - https://shop.apps.example.com/./callback
            - https://shop.apps.example.com/a/..
            - https://shop.apps.example.com/a/.
            - https://shop.apps.example.com/..;/admin
            - https://shop.apps.example.com/..%3b/admin
            - https://shop.apps.example.com/a/..%3Bx=1/admin
            - https://shop.apps.example.com/.%3b/admin
            - https://shop.apps.example.com/..%3b
            - https://shop.apps.example.com/%c0%ae%c0%ae/admin
            - https://shop.apps.example.com/a%C0%AFadmin
            - https://shop.apps.example.com/a%c1%9cadmin
            - https://shop.apps.example.com/%e0%80%ae%E0%80%AE/admin
            - https://shop.apps.example.com/a%f0%80%80%afadmin
            - https://shop.apps.example.com/.;x=y/admin
            - https://shop.apps.example.com/%2e%2e/admin
            - https://shop.apps.example.com/%2E%2E/admin
            - https://shop.apps.example.com/.%2e/admin
            - https://shop.apps.example.com/%2e./admin
            - https://shop.apps.example.com/a%2fb
            - https://shop.apps.example.com/a%2Fb
            - https://shop.apps.example.com/a%5cb
            - https://shop.apps.example.com/a%5Cb
            - https://shop.apps.example.com/%252e%252e/admin
            - https://shop.apps.example.com/%00
            - https://shop.apps.example.com/%0d%0aSet-Cookie:a
            - https://shop.apps.example.com/%7f
            - https://shop.apps.example.com/%
            - https://shop.apps.example.com/%2
            - https://shop.apps.example.com/%zz
            - https://shop.apps.example.com/a\\b
            - https://shop.apps.example.com//evil.com
            - https://shop.apps.example.com//
            - https://shop.apps.example.com/a//b
            - https://shop.apps.example.com/*
            - https://*.apps.example.com/callback
            - https://${namespace}.apps.example.com/callback
            - https://shop.apps.example.com/${namespace}
            - https://shop.apps.example.com/callback?next=https://evil.com
            - https://shop.apps.example.com/callback?
            - https://shop.apps.example.com?
            - https://shop.apps.example.com/callback#fragment
            - https://shop.apps.example.com/#
            - https://shop.apps.example.com/#@evil.com
            - https://shop.apps.example.com/a b
            - <SPACE>https://shop.apps.example.com/callback
            - https://shop.apps.example.com/callback<SPACE>
            - https://shop<TAB>.apps.example.com/callback
            - https://shop.apps.example.com/<TAB>
            - https://shop.apps.example.com/<LF>
            - https://evil.com<LF>.shop.apps.example.com/callback
            - ht<LF>tps://shop.apps.example.com/callback
            - https://shop.apps.example.com/<NUL>
            - https://<ONE>.apps.example.com/callback
            - https://shop.apps.example.com/a"b
            - https://shop.apps.example.com/<a>
            - https://shop.apps.example.com/{a}
            - https://shop.apps.example.com/a|b
            - https://shop.apps.example.com/a^b
            - https://shop.apps.example.com/a`b
            - https://shop.apps.example.com/[a]
            - https://shop.apps.example.com/ü
            - https://shop.apps.example.com/．．/admin
            - https://shop.apps.example.com／evil.com/callback
            - https://shop．apps．example．com/callback
            - https://shop。apps.example.com/callback
            - https://ѕhop.apps.example.com/callback
            - https://shop.apps.exаmple.com/callback
            - https://shop.apps.xn--exmple-4nf.com/callback
            - https://xn--shop.apps.example.com/callback
            - https://ſhop.apps.example.com/callback
            - https://shop<SOFT>.apps.example.com/callback
            - https://[::1]/callback
            - https://[::1].apps.example.com/callback
            - https://127.0.0.1/callback
            - https://2130706433/callback
            - https://0x7f.1/callback
            - https://localhost/callback
            - https://shop.apps.example.com.localhost/callback
            - https://-shop.apps.example.com/callback
            - https://shop-.apps.example.com/callback
            - https://sh_op.apps.example.com/callback
            - https://shop.apps.example.com,evil.com/callback
            - https://shop.apps.example.com;evil.com/callback
            - https://shop.apps.example.com&evil.com/callback
            - https://<LONG>.apps.example.com/callback
            - https://shop.apps.example.com/<HUGE>
            -<SPACE>
            https://*.apps.example.com/callback
            + https://shop.apps.example.com/callback
            + https://anything.apps.example.com/callback
            + https://xn--80ak6aa92e.apps.example.com/callback
            - https://a.b.apps.example.com/callback
            - https://.apps.example.com/callback
            - https://apps.example.com/callback
            - https://a.apps.example.com/callback/
            - https://a.apps.example.com/callback/b
            - https://a.apps.example.com/Callback
            - https://a.apps.example.com/%63allback
            - https://evil.com/.apps.example.com/callback
            - https://evil.com#.apps.example.com/callback
            - https://a@b.apps.example.com/callback
            - https://*.apps.example.com/callback
            - https://63-and-one-more-characters-are-too-long-for-one-label-of-a-hostn.apps.example.com/callback
            https://*.*.example.com/
            + https://a.b.example.com/
            - https://a.example.com/
            - https://a.b.c.example.com/
            https://apps.example.com/${namespace}/*
            + https://apps.example.com/shop/
            + https://apps.example.com/shop/callback
            - https://apps.example.com/shop
            - https://apps.example.com/shop-admin/callback
            - https://apps.example.com/shop;x/callback
            - https://apps.example.com//shop/callback
            - https://apps.example.com/SHOP/callback
            - https://apps.example.com/bank/callback
            - https://apps.example.com/shop/../bank/callback
            - https://apps.example.com/shop/..;/bank/callback
            - https://apps.example.com/shop/%2e%2e/bank/callback
            - https://apps.example.com/sho%70/callback
            https://apps.example.com/${namespace}
            + https://apps.example.com/shop
            - https://apps.example.com/shop/
            - https://apps.example.com/shop/a
            - https://apps.example.com/${namespace}
            https://web.${namespace}.svc.cluster.local:8443/callback
            + https://web.shop.svc.cluster.local:8443/callback
            - https://web.shop.svc.cluster.local/callback
            - https://web.bank.svc.cluster.local:8443/callback
            https://web.example.com/callback?tenant=shop#top
            + https://web.example.com/callback?tenant=shop#top
            - https://web.example.com/callback?tenant=bank#top
            - https://web.example.com/callback?tenant=shop
            - https://web.example.com/callback
            https://web.example.com
            + https://web.example.com
            + https://web.example.com:443
            - https://web.example.com/
            - https://web.example.com.
            http://web.example.com:8080/callback
            + http://web.example.com:8080/callback
            - https://web.example.com:8080/callback
            - http://web.example.com/callback
            https://example.com:8443/*
            + https://example.com:8443/a
            - https://example.com/a
            - https://a.example.com:8443/a
            https://intranet/callback
            + https://intranet/callback
            - https://intranet.example.com/callback
            http://localhost:8080/callback
            + http://localhost:8080/callback
            - http://localhost:8081/callback
            - http://localhost/callback
            - http://localhost:8080/callback/
            - http://LOCALHOST:8080/callback
            - http://localhost.:8080/callback
            - http://localhost:8080@evil.com/callback
            - http://evil.localhost:8080/callback
            http://[::1]:8080/callback
            + http://[::1]:8080/callback
            - http://[0:0:0:0:0:0:0:1]:8080/callback
            - http://[::1]:8081/callback
            https://10.0.0.1/callback
            + https://10.0.0.1/callback
            - https://10.0.0.1:443/callback
            - https://10.0.1/callback
            com.example.shop://callback
            + com.example.shop://callback
            - com.example.shop://callback/
            - com.example.shop:callback
            - com.example.shop2://callback
            - COM.example.shop://callback
            my_app://callback
            + my_app://callback
            - my-app://callback
            - my_app://callback/
            MyApp://Callback
            + MyApp://Callback
            - myapp://Callback
            - MyApp://callback
            - HTTPS://Callback
            com.example.shop:/oauth2/callback
            + com.example.shop:/oauth2/callback
            - com.example.shop:/oauth2/callback?a=b
            - com.example.shop:/oauth2/../callback
            """;

    private static final String NAMESPACE = "shop";

    private record Row(String pattern, String url, boolean matches) {}

    static Stream<Row> rows() {
        List<Row> rows = new ArrayList<>();
        String pattern = "";
        for (String line : TABLE.lines().toList()) {
            char mark = line.charAt(0);
            if (mark == '+' || mark == '-') {
                rows.add(new Row(pattern, spelledOut(line.substring(1).stripLeading()), mark == '+'));
            } else {
                pattern = line;
            }
        }
        return rows.stream();
    }

    private static String spelledOut(String url) {
        return url.replace("<SPACE>", " ")
                .replace("<TAB>", "\t")
                .replace("<LF>", "\n")
                .replace("<NUL>", "\0")
                .replace("<ONE>", String.valueOf((char) 1))
                .replace("<SOFT>", String.valueOf((char) 0xAD))
                .replace("<LONG>", "a".repeat(64))
                .replace("<HUGE>", "a".repeat(5_000));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("rows")
    void a_pattern_matches_no_look_alike(Row row) {
        assertThat(UrlPattern.isValid(row.pattern())).isTrue();
        assertThat(UrlPattern.matches(row.pattern(), NAMESPACE, row.url())).isEqualTo(row.matches());
    }

    @Test
    void the_table_is_large() {
        assertThat(rows()).hasSizeGreaterThan(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*://shop.example.com/",
                "https://*",
                "https://*/",
                "https://*.com/",
                "https://*.example.com.*/",
                "https://a.*.com/",
                "https://a.${namespace}.com/",
                "https://a.b.${namespace}/",
                "https://${namespace}/",
                "https://${namespace}.com/",
                "https://${namespace}-*.example.com/",
                "https://${namespace}-admin.example.com/",
                "https://x${namespace}.example.com/",
                "https://a*.example.com/",
                "https://**.apps.example.com/",
                "https://shop.example.com:*/",
                "https://shop.example.com:${namespace}/",
                "https://shop.example.com/a*",
                "https://shop.example.com/*a",
                "https://shop.example.com/*/a",
                "https://shop.example.com/**",
                "https://shop.example.com/${namespace}-*",
                "https://shop.example.com/${namespace}.html",
                "https://shop.example.com/${name}",
                "https://shop.example.com/$(namespace)*",
                "https://shop.example.com/{namespace}",
                "https://shop.example.com/?a=*",
                "https://shop.example.com/?a=${namespace}",
                "https://shop.example.com/*?a=b",
                "https://shop.example.com/*#top",
                "https://${namespace}@shop.example.com/",
                "https://Shop.example.com/*",
                "https://shop.example.com./*",
                "https://shop.example.com/../*",
                "https://shop.example.com/%2e%2e/*",
                "https://shop.example.com//*",
                "https://shöp.example.com/*",
                "HTTPS://shop.example.com/*",
                "HTTPS://shop.example.com/callback",
                "Http:callback",
                "hTTp://localhost:8080/callback",
                "_app://callback",
                "1app://callback",
                "https:shop.example.com/*",
                "http://localhost:8080/*",
                "http://localhost:8080/${namespace}",
                "http://*.localhost/callback",
                "http://[::1]/*",
                "https://*.0.0.1/",
                "https://*.10.0.1/callback",
                "com.example.${namespace}://callback",
                "com.example.shop://*",
                "com.example.shop://${namespace}",
                "com.example.shop:*",
            })
    void an_invalid_pattern_matches_nothing(String pattern) {
        assertThat(UrlPattern.isValid(pattern)).isFalse();
        for (String url :
                List.of(pattern, pattern.replace("${namespace}", NAMESPACE).replace("*", "x"))) {
            assertThat(UrlPattern.matches(pattern, NAMESPACE, url)).isFalse();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"*", "${namespace}", "", ".", "..", "a.b", "shop/..", "Shop", "-", "shop*", "x@y"})
    void a_namespace_that_looks_like_a_pattern_matches_nothing(String namespace) {
        assertThat(UrlPattern.matches(
                        "https://${namespace}.apps.example.com/",
                        namespace,
                        "https://" + namespace + ".apps.example.com/"))
                .isFalse();
        assertThat(UrlPattern.matches(
                        "https://apps.example.com/${namespace}/*",
                        namespace,
                        "https://apps.example.com/" + namespace + "/a"))
                .isFalse();
    }

    /** The parts that decide who receives the authorization code. Read here with other means than the code under test. */
    @Test
    void every_match_has_the_scheme_the_port_and_the_last_two_labels_of_its_pattern() {
        List<String> patterns = rows().map(Row::pattern)
                .distinct()
                .filter(pattern -> pattern.startsWith("https://") && pattern.contains("example.com"))
                .toList();
        Random random = new Random(20261128);
        List<String> pieces = List.of(
                "https",
                "http",
                "://",
                "//",
                "/",
                "\\",
                ".",
                "..",
                "@",
                ":",
                "443",
                "8443",
                "?",
                "#",
                "*",
                "%2e",
                "%2f",
                "shop",
                "apps",
                "example",
                "com",
                "evil",
                "web",
                "callback",
                "example.com",
                "apps.example.com",
                "-",
                ";",
                "&",
                " ",
                "${namespace}",
                "E",
                "xn--a",
                "[::1]",
                "localhost",
                "\t",
                "а");
        int matches = 0;
        for (int i = 0; i < 200_000; i++) {
            String pattern = patterns.get(random.nextInt(patterns.size()));
            String url = mutated(pattern.replace("${namespace}", NAMESPACE).replace("*", "x"), pieces, random);
            if (UrlPattern.matches(pattern, NAMESPACE, url)) {
                matches++;
                assertThat(url)
                        .as("matched by %s", pattern)
                        .matches("https://([a-z0-9-]+\\.)*example\\.com(:[0-9]+)?([/?#].*)?");
                assertThat(port(url))
                        .as("port of %s, matched by %s", url, pattern)
                        .isEqualTo(port(pattern));
                assertThat(url).doesNotContain("*", "\\", " ", "\t", "/../", "/./", "%2e", "%2f");
            }
        }
        assertThat(matches).isGreaterThan(1_000);
    }

    private static String mutated(String url, List<String> pieces, Random random) {
        StringBuilder mutated = new StringBuilder(url);
        int edits = random.nextInt(4);
        for (int i = 0; i < edits; i++) {
            int at = random.nextInt(mutated.length() + 1);
            if (random.nextBoolean()) {
                mutated.insert(at, pieces.get(random.nextInt(pieces.size())));
            } else {
                mutated.delete(at, Math.min(mutated.length(), at + random.nextInt(4)));
            }
        }
        return mutated.toString();
    }

    private static String port(String url) {
        String authority = url.substring("https://".length()).split("[/?#]", 2)[0];
        int colon = authority.indexOf(':');
        return colon < 0 ? "443" : authority.substring(colon + 1);
    }
}
