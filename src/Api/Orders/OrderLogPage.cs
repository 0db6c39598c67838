using System.Globalization;
using BusIngest.Workers.Orders.Storage;

namespace BusIngest.Api.Orders;

/// <summary>The orders' log by level, newest last.</summary>
/// <param name="LogMessages">What happened.</param>
/// <param name="WarnMessages">What to look into.</param>
/// <param name="ErrorMessages">What stopped a run.</param>
internal sealed record OrderLogPage(IReadOnlyList<string> LogMessages, IReadOnlyList<string> WarnMessages, IReadOnlyList<string> ErrorMessages)
{
    /// <summary>A line as it is shown.</summary>
    public static string Show(OrderLogLine line) =>
        string.Create(CultureInfo.InvariantCulture, $"{line.At.UtcDateTime:yyyy-MM-ddTHH:mm:ss.fffZ} {line.Message}");
}
