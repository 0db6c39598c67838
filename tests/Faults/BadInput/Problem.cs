using BusIngest.Support.Cars;

namespace BusIngest.Faults.BadInput;

/// <summary>What every refusal looks like (RFC 9457).</summary>
internal static class Problem
{
    /// <summary>Checks one.</summary>
    public static void Check(ApiAnswer answer)
    {
        Assert.Equal("application/problem+json", answer.MediaType);
        Assert.Equal((int)answer.Status, answer.Json().GetProperty("status").GetInt32());
        Assert.False(string.IsNullOrWhiteSpace(answer.Json().GetProperty("title").GetString()));
        Assert.DoesNotContain("   at ", answer.Text, StringComparison.Ordinal);
    }
}
