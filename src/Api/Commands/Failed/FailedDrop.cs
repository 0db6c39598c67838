namespace BusIngest.Api.Commands.Failed;

/// <summary>`failed drop`.</summary>
internal static class FailedDrop
{
    /// <summary>Drops messages, all of them only when somebody agrees.</summary>
    /// <exception cref="CommandException">The service can't be reached, refuses, or does not know one of the ids, or nobody is there to ask.</exception>
    public static async Task RunAsync(
        FailedClient client, FailedSelection selection, bool yes, CommandConsole console, CancellationToken cancellationToken)
    {
        var dropped = selection.IsAll
            ? await DropAllAsync(client, selection.Type, yes, console, cancellationToken)
            : await DropAsync(client, selection.Ids, cancellationToken);
        await console.WriteAsync(new DroppedMessages(dropped), CommandJson.Default.DroppedMessages);
        await console.SayAsync($"{dropped:N0} messages dropped.");
    }

    private static async Task<int> DropAsync(FailedClient client, IReadOnlyList<Guid> ids, CancellationToken cancellationToken)
    {
        foreach (var id in ids)
        {
            if (!await client.DropAsync(id, cancellationToken))
                throw new CommandException($"No message failed under the id '{id}', or it was sent again; those named before it are dropped");
        }

        return ids.Count;
    }

    /// <summary>Drops what was shown: what fails after the question stays.</summary>
    private static async Task<int> DropAllAsync(FailedClient client, string? type, bool yes, CommandConsole console, CancellationToken cancellationToken)
    {
        var ids = new List<Guid>();
        var groups = await FailedGroup.GatherAsync(client.ReadAsync(type, cancellationToken: cancellationToken).Select(message =>
        {
            ids.Add(message.Id);
            return message;
        }));
        if (!console.IsJson)
            await FailedRun.ShowAsync(groups, console);
        if (ids.Count == 0 || (!yes && !await console.AskAsync(cancellationToken)))
            return 0;

        var dropped = 0;
        foreach (var id in ids)
        {
            // One that somebody sent again meanwhile is not ours any more.
            if (await client.DropAsync(id, cancellationToken))
                dropped++;
        }

        return dropped;
    }
}
