using System.Text;

namespace BusIngest.Api.Limits;

/// <summary>
/// Tells a client what it may ask for, with every answer of a limited route: RateLimit-Policy and RateLimit as in
/// https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/10/. Of several accounts in a batch it tells of the one with the least left.
/// </summary>
/// <param name="policies">The value of RateLimit-Policy.</param>
internal sealed class LimitHeaders(string policies)
{
    private const string PolicyHeader = "RateLimit-Policy";
    private const string StateHeader = "RateLimit";

    private readonly List<(LimitCharge Charge, LimitState State)> _known = new(1);

    /// <summary>Puts what is known by then at the head of the answer. Only as it starts, since answering an exception clears the headers set before.</summary>
    public void WriteTo(HttpResponse response) => response.OnStarting(
        static state =>
        {
            var (headers, response) = ((LimitHeaders, HttpResponse))state;
            response.Headers[PolicyHeader] = headers.Policies;
            if (headers._known.Count > 0)
                response.Headers[StateHeader] = headers.State();
            return Task.CompletedTask;
        },
        (this, response));

    /// <summary>Adds what became of charges.</summary>
    public void Add(LimitCharge[] charges, LimitState[] states)
    {
        for (var i = 0; i < charges.Length; i++)
            Add(charges[i], states[i]);
    }

    private string Policies => policies;

    private void Add(LimitCharge charge, LimitState state)
    {
        var known = _known.FindIndex(other => ReferenceEquals(other.Charge.Policy, charge.Policy));
        if (known < 0)
            _known.Add((charge, state));
        else if (state.Remaining < _known[known].State.Remaining)
            _known[known] = (charge, state);
    }

    private string State()
    {
        var text = new StringBuilder(64);
        foreach (var (charge, state) in _known)
        {
            text.Append(text.Length == 0 ? "" : ", ").Append('"').Append(charge.Policy.Name)
                .Append("\";r=").Append(state.Remaining).Append(";t=").Append(LimitOutcome.Seconds(state.ResetMs));
            if (charge.Policy.Unit is not null)
                text.Append(";pk=:").Append(Convert.ToBase64String(Encoding.UTF8.GetBytes(charge.Partition))).Append(':');
        }

        return text.ToString();
    }
}
