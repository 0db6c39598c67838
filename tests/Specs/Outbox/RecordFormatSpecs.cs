using BusIngest.Bus.Failures;
using BusIngest.Specs.Cars;
using BusIngest.Specs.Notes;
using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Outbox;

/// <summary>Records that are accepted together and delivered one by one.</summary>
public sealed class RecordFormatSpecs : Spec
{
    private readonly Stations _stations = new();

    [Fact]
    public async Task Should_deliver_records_one_by_one_each_with_its_effect()
    {
        var process = Own(await StartAsync(_stations));

        await PublishAsync(process, 200);

        await UntilAsync("All have their effect", () => process.CountEffects() == 200 && process.IsIdle());
        Assert.Equal(Texts(200), _stations.Relay.Heard.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(200, process.CountRows("(SELECT DISTINCT message_id FROM effects)"));
    }

    [Fact]
    public async Task Should_deliver_the_same_ids_again_after_a_kill_and_have_each_effect_once()
    {
        var killed = new Stations();
        var never = new Gate();
        never.Close();
        killed.Relay.Work = (_, text) => string.CompareOrdinal(text, "020") < 0 ? Task.CompletedTask : never.PassAsync(CancellationToken.None);
        var earlier = await StartAsync(killed);
        await PublishAsync(earlier, 40);
        await UntilAsync("Half has its effect, half is in hand", () => earlier.CountEffects() == 20 && killed.Relay.Heard.Count == 40);
        earlier.Abandon();

        var process = Own(await StartAsync(_stations));

        await UntilAsync("All have their effect", () => process.CountEffects() == 40 && process.IsIdle());
        Assert.Equal(Texts(40).Skip(20), _stations.Relay.Heard.Order(StringComparer.Ordinal), StringComparer.Ordinal);
        Assert.Equal(40, process.CountMarks("relay"));
    }

    [Fact]
    public async Task Should_keep_a_record_that_fails_and_leave_its_neighbours_alone()
    {
        var process = Own(await StartAsync(_stations));
        _stations.Relay.Work = (_, text) => text is "007" ? throw new FormatException("on purpose") : Task.CompletedTask;

        await PublishAsync(process, 20);

        await UntilAsync("All are settled", () => process.CountEffects() == 19 && process.Failures().Count == 1 && process.IsIdle());
        var failed = Assert.Single(process.Failures());
        Assert.Equal(("relay", nameof(Errand), 1), (failed.Endpoint, failed.MessageType, failed.Records));
        Assert.Contains("007", System.Text.Encoding.UTF8.GetString(failed.Body), StringComparison.Ordinal);

        _stations.Relay.Work = (_, _) => Task.CompletedTask;
        await process.Get<IFailedMessages>().RetryAsync(failed.Id, Token);

        await UntilAsync("It has its effect", () => process.CountEffects() == 20 && process.IsIdle());
        Assert.Empty(process.Failures());
    }

    [Fact]
    public async Task Should_leave_other_rows_alone_when_one_cannot_be_unpacked()
    {
        var process = Own(await StartAsync(_stations));
        for (var i = 0; i < 40; i++)
            await process.Inbox.AppendAsync(Inbox.InboxFile.Entry(body: "[", type: nameof(Errand)), Token);

        await PublishAsync(process, 1);

        await UntilAsync("It has its effect", () => process.CountEffects() == 1);
    }

    private async Task<BusProcess> StartAsync(Stations stations) => await RelayProcess.StartAsync(Folder, RelayProcess.With(stations));

    private static IEnumerable<string> Texts(int count) => Enumerable.Range(0, count).Select(number => $"{number:D3}");

    private static Task PublishAsync(BusProcess process, int count) =>
        process.Outbox.PublishAsync<Errand>([.. Texts(count).Select(text => new Errand(text))], Token);
}
