namespace BusIngest.Api.Limits;

/// <summary>So much of something in so much time.</summary>
/// <param name="Name">What it is called in the headers.</param>
/// <param name="Quota">How much, at least 1.</param>
/// <param name="Span">In which time.</param>
/// <param name="Unit">What is counted; null: requests.</param>
internal sealed record LimitPolicy(string Name, long Quota, LimitSpan Span, string? Unit = null)
{
    /// <summary>As the header RateLimit-Policy has it.</summary>
    public string Header { get; } = $"\"{Name}\";q={Quota}{(Unit is null ? "" : $";qu=\"{Unit}\"")};w={(Span is LimitSpan.Minute ? 60 : 86_400)}";
}
