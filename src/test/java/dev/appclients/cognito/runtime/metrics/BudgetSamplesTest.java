package dev.appclients.cognito.runtime.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import dev.appclients.cognito.aws.BudgetState;
import dev.appclients.cognito.aws.Operation;
import dev.appclients.cognito.aws.Operation.Category;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BudgetSamplesTest {

    @Test
    void accountsOfOneRegionAreOneSeries() {
        List<BudgetState> states = List.of(
                new BudgetState("eu-west-1", Category.CLIENT_UPDATE, 3, 1, Map.of(Operation.CREATE_CLIENT, 1)),
                new BudgetState("eu-west-1", Category.CLIENT_UPDATE, 4, 0.5, Map.of(Operation.CREATE_CLIENT, 2)),
                new BudgetState("us-east-1", Category.CLIENT_UPDATE, 5, 1, Map.of()));

        assertThat(BudgetSamples.of(states))
                .containsExactlyInAnyOrder(
                        Sample.of(OperatorMetric.AWS_BUDGET_WAITING, 7, "eu-west-1", "CLIENT_UPDATE"),
                        Sample.of(OperatorMetric.AWS_BUDGET_WAITING, 5, "us-east-1", "CLIENT_UPDATE"),
                        Sample.of(OperatorMetric.AWS_BUDGET_RATE, 0.5, "eu-west-1", "CLIENT_UPDATE"),
                        Sample.of(OperatorMetric.AWS_BUDGET_RATE, 1, "us-east-1", "CLIENT_UPDATE"),
                        Sample.of(OperatorMetric.AWS_BREAKERS_OPEN, 3, "eu-west-1", "CreateUserPoolClient"));
    }

    @Test
    void nothingWasCalled() {
        assertThat(BudgetSamples.of(List.of())).isEmpty();
    }
}
