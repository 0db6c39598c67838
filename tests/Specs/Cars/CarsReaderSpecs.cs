using BusIngest.Contracts.Cars;

namespace BusIngest.Specs.Cars;

public sealed class CarsReaderSpecs
{
    private static readonly string Good = CarText.Good;

    [Fact]
    public void Should_read_a_car_and_give_it_an_id_and_a_time() => Assert.Equal(
        [new Car(CarReading.FirstId, "volvo", "v60", 2019, 18500.5, "lisbon", CarReading.Now)], CarReading.Of(Good).Good());

    [Fact]
    public void Should_read_an_array_in_its_order()
    {
        var ids = Enumerable.Range(0, 100).Select(_ => Guid.NewGuid()).ToList();

        var cars = CarReading.Of(CarText.Array(ids.Select(CarText.Of))).Good();

        Assert.Equal(ids, cars.Select(car => car.Id));
    }

    [Theory]
    [InlineData("{\"a\":[1,{\"b\":null}],\"price\":0}")]
    [InlineData("[[[]]]")]
    [InlineData("\"\\ud83d\"")]
    public void Should_pass_over_fields_that_it_does_not_know(string json) =>
        Assert.Equal(CarReading.Of(Good).Good(), CarReading.Of(CarText.With("extra", json)).Good());

    [Theory]
    [InlineData("Year")]
    [InlineData("id ")]
    [InlineData("\\u0069d\\u0000")]
    [InlineData("\\ud83d")]
    [InlineData("\\ud83d\\ud83d")]
    public void Should_pass_over_names_that_it_does_not_know(string name) => Assert.Single(CarReading.Of(CarText.With(name, "1")).Good());

    [Fact]
    public void Should_know_a_field_whose_name_is_escaped() =>
        Assert.Equal(2001, Assert.Single(CarReading.Of($$"""{"\u0079ear":2001,{{CarText.Without("year")[1..]}}""").Good()).Year);

    [Theory]
    [InlineData("")]
    [InlineData(" \n")]
    [InlineData("[")]
    [InlineData("nonsense")]
    [InlineData("NaN")]
    [InlineData("5")]
    [InlineData("\"car\"")]
    [InlineData("null")]
    [InlineData("true")]
    [InlineData("[]")]
    [InlineData("// a car")]
    public void Should_refuse_what_is_no_car(string body) => CarReading.Of(body).AssertRefused("$");

    [Fact]
    public void Should_refuse_what_goes_on_after_its_end()
    {
        foreach (var body in new[] { Good + "x", Good + Good, $"[{Good}],[]", $"[{Good},]", $"[{Good}", Good[..^1] })
            CarReading.Of(body).AssertRefused("$");
    }

    [Fact]
    public void Should_name_every_field_that_is_missing() =>
        CarReading.Of("{}").AssertRefused("normalizedMake", "normalizedModel", "year", "price", "location");

    [Fact]
    public void Should_name_the_place_in_an_array() => CarReading
        .Of(CarText.Array(Good, "null", CarText.With("price", "0"), CarText.Without("year"), Good))
        .AssertRefused("[1]", "[2].price", "[3].year");

    [Fact]
    public void Should_refuse_a_field_that_is_given_twice() =>
        CarReading.Of($$"""{"year":2001,{{Good[1..]}}""").AssertRefused("year");

    [Fact]
    public void Should_take_10000_cars_and_no_more()
    {
        Assert.Equal(10_000, CarReading.Of(CarText.Array(Enumerable.Repeat(Good, 10_000))).Good().Count);
        CarReading.Of(CarText.Array(Enumerable.Repeat(Good, 10_001))).AssertRefused("$");
    }

    [Fact]
    public void Should_stop_counting_errors_at_some_point() =>
        Assert.Equal(20, CarReading.Of(CarText.Array(Enumerable.Repeat("5", 1_000))).Errors.Count);

    [Fact]
    public void Should_refuse_what_nests_too_deep()
    {
        const int Deep = 100_000;
        CarReading.Of(new string('[', Deep)).AssertRefused("$", "[0]");
        CarReading.Of(CarText.With("extra", new string('[', Deep) + new string(']', Deep))).AssertRefused("$");
        CarReading.Of($"[{CarText.With("extra", "1")},{CarText.With("extra", new string('[', Deep) + new string(']', Deep))}]").AssertRefused("[1]");
    }
}
