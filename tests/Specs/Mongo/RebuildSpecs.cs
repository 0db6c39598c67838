using BusIngest.Api.Commands;
using BusIngest.Api.Commands.Mongo;
using BusIngest.Specs.Commands;
using BusIngest.Specs.Processes;
using MongoDB.Bson;

namespace BusIngest.Specs.Mongo;

/// <summary>The command `mongo rebuild` on SQLite.</summary>
public sealed class RebuildSpecs : MongoSpec
{
    [Fact]
    public async Task Should_make_the_copies_anew_whatever_is_there()
    {
        await FillAsync();
        var orders = Mongo.Database.GetCollection<BsonDocument>("orders");
        var ids = (await Mongo.ReadAsync("orders", Token)).Keys.ToList();
        await orders.DeleteOneAsync(new BsonDocument("_id", ids[0]), Token);
        // As after a restored backup: the copy is of a later version than what is kept.
        await orders.UpdateOneAsync(
            new BsonDocument("_id", ids[1]),
            new BsonDocument("$set", new BsonDocument { { "cliente", "nobody" }, { "version", long.MaxValue } }),
            cancellationToken: Token);
        await orders.InsertOneAsync(new BsonDocument { { "_id", "of nothing" }, { "seq", 5_000_000L }, { "version", 1L } }, cancellationToken: Token);
        await Mongo.Database.GetCollection<BsonDocument>("timers").DeleteManyAsync(new BsonDocument(), Token);
        Assert.NotEqual("", await DifferencesAsync(), StringComparer.Ordinal);
        using var recorder = new CommandRecorder(isJson: true);

        var code = await recorder.Console.RunAsync(() => RebuildRun.RunAsync(Settings, recorder.Console, Token));

        Assert.Equal((0, ""), (code, recorder.Errors));
        Assert.Equal("", await DifferencesAsync());
        var last = recorder.Lines()[^1];
        Assert.Equal((2_502, 2_502, true), (last.GetProperty("documents").GetInt64(), last.GetProperty("copied").GetInt64(), last.GetProperty("isDone").GetBoolean()));
    }

    [Fact]
    public async Task Should_say_in_one_line_what_is_missing()
    {
        using var unset = new CommandRecorder();
        using var away = new CommandRecorder();
        using var taken = new CommandRecorder();

        var codes = new[]
        {
            await unset.Console.RunAsync(() => RebuildRun.RunAsync(Settings with { Mongo = null }, unset.Console, Token)),
            await away.Console.RunAsync(() => RebuildRun.RunAsync(SettingsAt("mongodb://ann:hush@127.0.0.1:1/db"), away.Console, Token)),
        };
        await StartAsync();
        var busy = await taken.Console.RunAsync(() => RebuildRun.RunAsync(Settings, taken.Console, Token));

        Assert.All([.. codes, busy], code => Assert.Equal(CommandException.ExitCode, code));
        Assert.Contains("MONGO_URI is not set", OneLine(unset), StringComparison.Ordinal);
        Assert.Contains("mongodb://127.0.0.1:1/db: no server that can be written to answers", OneLine(away), StringComparison.Ordinal);
        Assert.Contains("does another process use it?", OneLine(taken), StringComparison.Ordinal);
    }

    private static string OneLine(CommandRecorder recorder)
    {
        Assert.Equal("", recorder.Text);
        return Assert.Single(recorder.Errors.Split('\n', StringSplitOptions.RemoveEmptyEntries));
    }

    private async Task FillAsync()
    {
        await using var service = await RunningService.StartAsync(Settings);
        await RunOrdersAsync(service, 2_500);
        await SetTimerAsync(service);
        await SetTimerAsync(service);
        await AreInStepAsync(service);
    }
}
