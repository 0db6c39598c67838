using BusIngest.Api.Hosting;
using BusIngest.Contracts.Cars;
using BusIngest.Workers.Cars;
using Microsoft.EntityFrameworkCore;

namespace BusIngest.Api.Cars;

/// <summary>Reads stored cars.</summary>
internal sealed class CarQueries(CarsContext context)
{
    /// <summary>A page, newest first.</summary>
    /// <param name="page">Which.</param>
    /// <param name="filter">What the cars must be; null fields: anything.</param>
    /// <param name="cancellationToken">Ends the query.</param>
    public async Task<CarPage> ListAsync(PageRequest page, CarFilter filter, CancellationToken cancellationToken)
    {
        var query = context.Cars.AsQueryable();
        if (page.After is { } after)
            query = query.Where(x => x.Seq < after);
        if (filter.Make is { } make)
            query = query.Where(x => x.NormalizedMake == make);
        if (filter.Model is { } model)
            query = query.Where(x => x.NormalizedModel == model);
        if (filter.Location is { } location)
            query = query.Where(x => x.Location == location);

        var rows = await query.OrderByDescending(x => x.Seq).Take(page.Rows).ToListAsync(cancellationToken);
        var next = page.Cut(rows, row => row.Seq);
        return new CarPage([.. rows.Select(Show)], next);
    }

    /// <summary>One car, or null.</summary>
    public async Task<Car?> FindAsync(Guid id, CancellationToken cancellationToken) =>
        await context.Cars.SingleOrDefaultAsync(x => x.Id == id, cancellationToken) is { } row ? Show(row) : null;

    /// <summary>How the generator was steered; null when nobody did.</summary>
    public Task<SeederState?> SeederAsync(CancellationToken cancellationToken) => context.Seeder.SingleOrDefaultAsync(cancellationToken);

    private static Car Show(StoredCar row) =>
        new(row.Id, row.NormalizedMake, row.NormalizedModel, row.Year, row.Price, row.Location, row.GeneratedAt);
}
