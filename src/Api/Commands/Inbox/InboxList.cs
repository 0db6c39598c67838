namespace BusIngest.Api.Commands.Inbox;

/// <summary>`inbox list`.</summary>
internal static class InboxList
{
    /// <summary>Shows what waits in data directories.</summary>
    /// <exception cref="CommandException">One has no inbox that can be read.</exception>
    public static async Task RunAsync(IEnumerable<string> dataDirectories, CommandConsole console)
    {
        var table = CommandTable.Of("Type", "Endpoint", "Messages#", "Records#", "Bytes#", "Oldest", "DATA_DIR");
        foreach (var parked in dataDirectories.SelectMany(InboxFile.Read))
        {
            await console.WriteAsync(parked, CommandJson.Default.ParkedMessages);
            table.Add(
                parked.Type, parked.Endpoint ?? "all", $"{parked.Messages:N0}", $"{parked.Records:N0}", $"{parked.Bytes:N0}", CommandTable.Time(parked.Oldest), parked.DataDir);
        }

        if (table.Rows.Count == 0)
            await console.SayAsync("Nothing waits.");
        else if (!console.IsJson)
            console.Draw(table);
    }
}
