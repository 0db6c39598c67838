using BusIngest.Bus.Retention;
using BusIngest.Workers.Orders;
using BusIngest.Workers.Timers;

namespace BusIngest.Api.Configuration;

/// <summary>Reads for how long rows are kept.</summary>
internal static class RetentionRules
{
    private const int MostDays = 36_500;

    /// <summary>Reads them.</summary>
    public static RetentionSettings Read(SettingReader reader)
    {
        return new RetentionSettings
        {
            FailedMessageDays = Days(SettingKeys.RetentionFailedMessageDays),
            SagaHistoryDays = Days(SettingKeys.RetentionSagaHistoryDays),
            TimerAttemptDays = Days(SettingKeys.RetentionTimerAttemptDays),
            OrderDays = Days(SettingKeys.RetentionOrderDays),
            OrderRunDays = Days(SettingKeys.RetentionOrderRunDays),
        };

        int Days(string key) => reader.Int(key, 0, 0, MostDays);
    }

    /// <summary>The tables of which something goes with time.</summary>
    public static IReadOnlyCollection<RetiredTable> Tables(RetentionSettings settings)
    {
        (int Days, Func<TimeSpan, RetiredTable> Table)[] all =
        [
            (settings.FailedMessageDays, RetiredTable.FailedMessages),
            (settings.SagaHistoryDays, RetiredTable.SagaHistory),
            (settings.TimerAttemptDays, TimersRegistration.RetiredAttempts),
            (settings.OrderDays, OrdersRegistration.RetiredOrders),
            (settings.OrderRunDays, OrdersRegistration.RetiredRuns),
        ];
        return [.. all.Where(each => each.Days > 0).Select(each => each.Table(TimeSpan.FromDays(each.Days)))];
    }
}
