namespace BusIngest.Specs.Cars;

public sealed class CarFieldSpecs
{
    private static readonly string[] NoYear = ["1885", "2028", "1990.5", "2e3", "-1990", "2147483648", "99999999999", "1e400", "\"2000\"", "null", "true", "{}", "[2000]"];
    private static readonly string[] NoPrice = ["0", "-0.01", "100000000.01", "1e300", "1e400", "-1e400", "1e-400", "\"5\"", "\"NaN\"", "null", "false", "{}", "[5]"];
    private static readonly string[] NoId =
    [
        "\"\"", "\"not-a-uuid\"", "5", "true", "{}", "[]", "\"6f1c2a3400004000800000000000000f\"", "\"{6f1c2a34-0000-4000-8000-000000000000}\"",
        "\"\\ud83d6f1c2a34-0000-4000-8000-00000000000\"",
    ];

    public static TheoryData<string, string> Bad { get; } = new(
        NoYear.Select(json => ("year", json)).Concat(NoPrice.Select(json => ("price", json))).Concat(NoId.Select(json => ("id", json))));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Should_refuse(string field, string json)
    {
        CarReading.Of(CarText.With(field, json)).AssertRefused(field);
        CarReading.Of(CarText.Array(CarText.Good, CarText.With(field, json))).AssertRefused($"[1].{field}");
    }

    [Theory]
    [InlineData("year", "1886")]
    [InlineData("year", "2027")]
    [InlineData("price", "0.01")]
    [InlineData("price", "1e-300")]
    [InlineData("price", "1E8")]
    [InlineData("price", "100000000")]
    [InlineData("id", "\"6F1C2A34-0000-4000-8000-00000000ABCD\"")]
    [InlineData("id", "\"00000000-0000-0000-0000-000000000000\"")]
    [InlineData("id", "null")]
    public void Should_take(string field, string json) => Assert.Single(CarReading.Of(CarText.With(field, json)).Good());

    [Fact]
    public void Should_keep_the_clients_id()
    {
        var id = Guid.NewGuid();

        Assert.Equal(id, Assert.Single(CarReading.Of(CarText.Of(id)).Good()).Id);
    }

    [Fact]
    public void Should_give_ids_in_turn_to_cars_without_one()
    {
        var own = Guid.NewGuid();

        var cars = CarReading.Of(CarText.Array(CarText.Good, CarText.Of(own), CarText.Good)).Good();

        Assert.Equal([CarReading.FirstId, own, Guid.Parse("019c12a0-1234-7abc-8def-000000000001")], cars.Select(car => car.Id));
    }
}
