using System.Text;

namespace BusIngest.Faults.BadInput;

/// <summary>A request that has to be refused.</summary>
/// <param name="Name">What is wrong with it.</param>
/// <param name="Route">Where it goes.</param>
/// <param name="Body">Its body; null for a GET or for none.</param>
public sealed record BadRequest(string Name, string Route, byte[]? Body)
{
    /// <summary>A bad request with a body of text.</summary>
    public BadRequest(string name, string route, string body)
        : this(name, route, Encoding.UTF8.GetBytes(body))
    {
    }

    /// <summary>Its method.</summary>
    public HttpMethod Method { get; init; } = HttpMethod.Post;

    /// <summary>Its content type.</summary>
    public string ContentType { get; init; } = "application/json";

    /// <summary>What one name in the problem's `errors` has to hold, all of it; empty when no field is to blame.</summary>
    public IReadOnlyList<string> Blamed { get; init; } = [];

    /// <summary>The statuses that are right.</summary>
    public IReadOnlyList<int> Statuses { get; init; } = [400];

    /// <inheritdoc />
    public override string ToString() => Name;
}
