using BusIngest.Api.Failures;

namespace BusIngest.Api.Commands.Failed;

/// <summary>`failed list` and `failed retry`.</summary>
internal static class FailedRun
{
    /// <summary>Lists the newest.</summary>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public static async Task ListAsync(FailedClient client, string? type, int limit, CommandConsole console, CancellationToken cancellationToken)
    {
        var table = CommandTable.Of("Failed at", "Id", "Type", "Endpoint", "Tries#", "Records#", "Exception");
        await foreach (var message in client.ReadAsync(type, limit, cancellationToken))
        {
            if (console.IsJson)
                await console.Text.WriteLineAsync(System.Text.Json.JsonSerializer.Serialize(message, CommandJson.Default.FailedMessageView));
            else
                Add(table, message);
        }

        if (!console.IsJson)
            console.Draw(table);
    }

    /// <summary>Lists the kinds of all.</summary>
    /// <exception cref="CommandException">The service can't be reached, or refuses.</exception>
    public static async Task ListGroupsAsync(FailedClient client, string? type, CommandConsole console, CancellationToken cancellationToken) =>
        await ShowAsync(await FailedGroup.GatherAsync(client.ReadAsync(type, cancellationToken: cancellationToken)), console);

    /// <summary>Shows kinds.</summary>
    public static async Task ShowAsync(IReadOnlyList<FailedGroup> groups, CommandConsole console)
    {
        var table = CommandTable.Of("Type", "Endpoint", "Messages#", "Records#", "Oldest", "Newest", "Exception");
        foreach (var group in groups)
        {
            await console.WriteAsync(group, CommandJson.Default.FailedGroup);
            table.Add(
                group.Type, group.Endpoint, $"{group.Messages:N0}", $"{group.Records:N0}", CommandTable.Time(group.Oldest), CommandTable.Time(group.Newest), group.Exception);
        }

        if (!console.IsJson)
            console.Draw(table);
    }

    /// <summary>Sends messages again.</summary>
    /// <exception cref="CommandException">The service can't be reached, refuses, or does not know one of the ids; those before it were sent.</exception>
    public static async Task RetryAsync(FailedClient client, FailedSelection selection, CommandConsole console, CancellationToken cancellationToken)
    {
        var retried = selection.IsAll ? (await client.RetryAllAsync(selection.Type, cancellationToken)).Retried : 0;
        foreach (var id in selection.Ids)
            retried += (await client.RetryAsync(id, cancellationToken)).Retried;
        await console.WriteAsync(new RetriedMessages(retried), CommandJson.Default.RetriedMessages);
        await console.SayAsync($"{retried:N0} messages sent again; `failed list` shows those that fail again.");
    }

    private static void Add(Spectre.Console.Table table, FailedMessageView message) => table.Add(
        CommandTable.Time(message.FailedAt),
        $"{message.Id}",
        message.Type,
        message.Endpoint,
        $"{message.Attempts}",
        $"{message.Records:N0}",
        $"{ShortName(message.Exception.Type)}: {message.Exception.Message}");

    private static string ShortName(string type) => type[(type.LastIndexOf('.') + 1)..];
}
