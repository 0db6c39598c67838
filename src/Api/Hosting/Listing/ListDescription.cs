using System.Net.Mime;

namespace BusIngest.Api.Hosting;

/// <summary>Describes routes that answer with a <see cref="ListResult{TPage, TRow}"/>.</summary>
internal static class ListDescription
{
    /// <summary>Says that a route answers with a page of a listing in any of its forms.</summary>
    public static RouteHandlerBuilder ProducesList<TPage>(this RouteHandlerBuilder route) =>
        route.Produces<TPage>(StatusCodes.Status200OK, MediaTypeNames.Application.Json, ListFormats.NdJson, ListFormats.Csv);
}
