using System.Buffers;
using System.Text;
using BusIngest.Api.Cars;
using BusIngest.Contracts;
using BusIngest.Contracts.Cars;

namespace BusIngest.Specs.Cars;

/// <summary>What came of reading a body.</summary>
/// <param name="Cars">The cars; to be looked at only when there are no errors.</param>
/// <param name="Errors">What is wrong, by field.</param>
internal sealed record CarReading(IReadOnlyList<Car> Cars, IReadOnlyDictionary<string, string[]> Errors)
{
    /// <summary>The time of reading.</summary>
    public static readonly DateTimeOffset Now = FakeClock.Start;

    /// <summary>The first id that is given to a car without one.</summary>
    public static readonly Guid FirstId = Guid.Parse("019c12a0-1234-7abc-8def-000000000000");

    public static CarReading Of(string body) => Of(Encoding.UTF8.GetBytes(body));

    public static CarReading Of(byte[] body) => Of(new ReadOnlySequence<byte>(body));

    public static CarReading Of(ReadOnlySequence<byte> body)
    {
        var reader = new CarsReader(Now, new SequentialIds(FirstId).Next);
        var cars = reader.Read(body);
        return new CarReading(cars, reader.Errors.ByField);
    }

    /// <summary>Makes sure that these fields are wrong, and no others.</summary>
    public void AssertRefused(params string[] fields) =>
        Assert.Equal(fields.Order(StringComparer.Ordinal), Errors.Keys.Order(StringComparer.Ordinal), StringComparer.Ordinal);

    /// <summary>The cars of a body that is right.</summary>
    public IReadOnlyList<Car> Good()
    {
        Assert.Empty(Errors);
        return Cars;
    }
}
