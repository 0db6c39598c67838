namespace BusIngest.Support.Operating;

/// <summary>A method of a route.</summary>
/// <param name="Method">GET, POST and so on.</param>
/// <param name="Path">The route with something in place of its parameters, without a slash before it.</param>
/// <param name="Pattern">The route as it is mapped, without a slash before it.</param>
public sealed record MappedRoute(string Method, string Path, string Pattern);
