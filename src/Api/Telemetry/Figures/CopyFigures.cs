using BusIngest.Bus.Copies;
using BusIngest.Bus.Mongo;

namespace BusIngest.Api.Telemetry.Figures;

/// <summary>How far the copies in MongoDB are behind.</summary>
internal sealed class CopyFigures(CopyLags lags, MongoServer server, TimeProvider time) : IFigureSource
{
    public string Name => "copies";

    public async Task ReadAsync(FigureSheet sheet, CancellationToken cancellationToken)
    {
        sheet.Add(FigureNames.MongoUp, server.Unavailable is null ? 1 : 0);
        foreach (var lag in await lags.ReadAsync(cancellationToken))
        {
            sheet.Add(FigureNames.CopyDocuments, lag.Documents, ("collection", lag.Collection));
            sheet.Add(FigureNames.CopyAge, lag.Age(time.GetUtcNow()).TotalSeconds, ("collection", lag.Collection));
        }
    }
}
