namespace BusIngest.Api.Limits;

/// <summary>The time in which a quota counts.</summary>
internal enum LimitSpan
{
    /// <summary>Any 60 s.</summary>
    Minute,

    /// <summary>A day of UTC, from midnight to midnight.</summary>
    Day,
}
