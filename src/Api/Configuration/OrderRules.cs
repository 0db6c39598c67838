using BusIngest.Sagas.Orders;
using BusIngest.Workers.Orders;

namespace BusIngest.Api.Configuration;

/// <summary>Reads how orders are worked off.</summary>
internal static class OrderRules
{
    private const int LargestPiece = 100_000;

    /// <summary>The most orders of one run.</summary>
    public static int Max(SettingReader reader) => reader.Int(SettingKeys.OrdersMax, 1_500_000, 1, 2_000_000);

    /// <summary>The pieces.</summary>
    public static OrderRunOptions Run(SettingReader reader)
    {
        var defaults = new OrderRunOptions();
        return new OrderRunOptions
        {
            ChunkSize = reader.Int(SettingKeys.OrdersGenerationChunkSize, defaults.ChunkSize, 1, LargestPiece),
            BatchSize = reader.Int(SettingKeys.OrdersBatchSize, defaults.BatchSize, 1, LargestPiece),
            ChunksInHand = reader.Int(SettingKeys.OrdersConcurrency, defaults.ChunksInHand, 1, 1_000),
        };
    }

    /// <summary>The workers.</summary>
    public static OrdersOptions Orders(SettingReader reader)
    {
        var defaults = new OrdersOptions();
        return new OrdersOptions
        {
            Concurrency = reader.Int(SettingKeys.OrdersConcurrency, defaults.Concurrency, 1, 1_000),
            StuckAfter = Milliseconds(reader, SettingKeys.OrdersStuckAfterMs, defaults.StuckAfter, 1_000, 86_400_000),
            Logs = reader.Bool(SettingKeys.OrdersLogs, defaults.Logs),
            LogProgressEvery = Milliseconds(reader, SettingKeys.OrdersLogProgressEveryMs, defaults.LogProgressEvery, 100, 3_600_000),
        };
    }

    private static TimeSpan Milliseconds(SettingReader reader, string key, TimeSpan fallback, int least, int most) =>
        TimeSpan.FromMilliseconds(reader.Int(key, (int)fallback.TotalMilliseconds, least, most));
}
