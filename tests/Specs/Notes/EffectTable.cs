using BusIngest.Bus.Delivery;
using BusIngest.Bus.Storage;
using BusIngest.Specs.Processes;
using MassTransit;

namespace BusIngest.Specs.Notes;

/// <summary>A table of the main database that consumers of a test write, a row for every effect.</summary>
internal static class EffectTable
{
    /// <summary>Makes it.</summary>
    public static Task CreateEffectsAsync(this BusProcess process) => process.MainFile.Writer.WriteAsync(0, session =>
    {
        session.Execute("CREATE TABLE IF NOT EXISTS effects (message_id TEXT)");
        return 0;
    });

    /// <summary>Adds a row with the transaction of the message, unless the message has had its effect.</summary>
    public static Task AddEffectAsync(this ConsumeContext context, Action? then = null)
    {
        context.Transaction().Write(1, session =>
        {
            AddEffect(session, context);
            then?.Invoke();
        });
        return Task.CompletedTask;
    }

    /// <summary>Adds a row.</summary>
    private static void AddEffect(SqliteSession session, ConsumeContext context) =>
        session.Statement("INSERT INTO effects VALUES (?1)").Bind(1, context.MessageId!.Value).Execute();

    /// <summary>How many rows there are.</summary>
    public static long CountEffects(this BusProcess process) => process.Count("effects");

    /// <summary>How many messages are marked as consumed by an endpoint.</summary>
    public static long CountMarks(this BusProcess process, string endpoint) => process.Count($"consumed_messages WHERE endpoint = '{endpoint}'");

    /// <summary>How many messages are marked as consumed.</summary>
    public static long CountMarks(this BusProcess process) => process.Count("consumed_messages");

    private static long Count(this BusProcess process, string table)
    {
        using var reader = process.MainFile.OpenReader();
        var count = reader.Statement($"SELECT count(*) FROM {table}");
        count.Read();
        return count.Number(0);
    }
}
