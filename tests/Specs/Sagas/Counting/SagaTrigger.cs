using BusIngest.Specs.Processes;
using BusIngest.Specs.Relays;

namespace BusIngest.Specs.Sagas.Counting;

/// <summary>Makes the database refuse counters whose last event says a text.</summary>
internal static class SagaTrigger
{
    /// <summary>From now on they are refused.</summary>
    public static async Task RefuseAsync(this BusProcess process, string text)
    {
        foreach (var operation in new[] { "INSERT", "UPDATE" })
        {
            await process.RunSqlAsync($"""
                CREATE TRIGGER refuse_{operation} BEFORE {operation} ON sagas WHEN json_extract(NEW.document, '$.text') = '{text}'
                BEGIN SELECT RAISE(ABORT, 'refused by the spec'); END
                """);
        }
    }

    /// <summary>From now on they are taken.</summary>
    public static Task AllowAsync(this BusProcess process) => process.RunSqlAsync("DROP TRIGGER refuse_INSERT; DROP TRIGGER refuse_UPDATE");
}
