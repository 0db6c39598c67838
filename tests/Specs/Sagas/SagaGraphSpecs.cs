using BusIngest.Api.Sagas;
using BusIngest.Bus.Sagas;

namespace BusIngest.Specs.Sagas;

public sealed class SagaGraphSpecs(SagaService service) : IClassFixture<SagaService>
{
    [Fact]
    public async Task Should_draw_the_machine_of_the_timers()
    {
        var answer = await service.Api.SendAsync(HttpMethod.Get, "sagas/timer/graph", null, TestContext.Current.CancellationToken);

        Assert.Equal("text/plain", answer.MediaType);
        Assert.Equal(
            """
            stateDiagram-v2
                [*] --> Scheduled: CreateTimer
                Scheduled --> Running: TimerDue
                Scheduled --> Cancelled: CancelTimer
                Running --> Running: RetryDue, WebhookAttemptFailed
                Running --> Finished: WebhookDelivered
                Running --> Failed: WebhookAbandoned, WebhookAttemptFailed
                Finished --> Running: RedeliverTimer
                Failed --> Running: RedeliverTimer

            """.ReplaceLineEndings("\n"),
            answer.Text);
    }

    [Fact]
    public async Task Should_draw_names_that_mean_something_to_the_diagram_and_states_that_nothing_leads_to()
    {
        var answer = await service.Api.SendAsync(HttpMethod.Get, "sagas/door/graph", null, TestContext.Current.CancellationToken);

        Assert.Equal(
            """
            stateDiagram-v2
                state "Default" as s_1
                state "Note" as s_2
                Stuck
                [*] --> s_1: Pushed
                s_1 --> s_2: Pushed
                s_1 --> [*]: Blown_Öff
                s_2 --> s_1: Pushed
                s_2 --> s_2: Pushed

            """.ReplaceLineEndings("\n"),
            answer.Text);
    }

    [Fact]
    public void Should_write_what_is_no_letter_by_its_number()
    {
        var machine = new SagaMachine("Initial", "Final", ["a\"b;\n", "Ok"], [new("a\"b;\n", "x: #1; <y>`1", "Ok")]);

        Assert.Equal(
            """
            stateDiagram-v2
                state "a#34;b#59;#10;" as s_1
                s_1 --> Ok: x#58; #35;1#59; #60;y#62;#96;1

            """.ReplaceLineEndings("\n"),
            MermaidDiagram.Of(machine));
    }
}
