using System.Net;
using BusIngest.Support;
using BusIngest.Support.Cars;
using BusIngest.Support.Failures;
using BusIngest.Support.Programs;
using BusIngest.Support.Storage;

namespace BusIngest.Faults;

/// <summary>A message that can't be stored goes to the failed ones, holds up nobody, and is stored once when it can be.</summary>
public sealed class PoisonTests : FaultTest
{
    private static readonly string Make = ClientCar.Of(Guid.Empty).NormalizedMake;
    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(60);

    [Fact]
    public async Task Should_keep_what_failed_store_its_neighbours_and_store_it_once_when_mended()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var neighbours = await PostAsync(installation, 3);
        var car = await PostPoisonAsync(installation);
        neighbours = [.. neighbours, .. await PostAsync(installation, 3)];

        var failed = Assert.Single(await failures.WaitForAsync(1, Token));
        Assert.Contains(PoisonousMake.Complaint, failed.Exception, StringComparison.Ordinal);
        Assert.Contains(car.ToString(), failed.Payload, StringComparison.OrdinalIgnoreCase);
        Assert.Equal("cars-store", failed.Endpoint);
        Assert.True(failed.Attempts >= 4, $"{failed.Attempts} attempts");
        await StoredAsync(installation, neighbours);
        Assert.Equal(0, installation.StoredCars.Times([car])[car]);

        poison.Mend();
        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(failed.Id, Token)).Status);
        var again = (await failures.RetryAsync(failed.Id, Token)).Status;
        Assert.True(again is HttpStatusCode.Accepted or HttpStatusCode.NotFound or HttpStatusCode.Conflict, $"The second retry gave {again}");

        await StoredAsync(installation, [car]);
        await failures.WaitForAsync(0, Token);
        await Accounting.VerifyAsync(installation, Acknowledged([.. neighbours, car]), Token);
    }

    [Fact]
    public async Task Should_list_it_again_when_it_fails_again_and_keep_it_over_a_kill()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var car = await PostPoisonAsync(installation);
        var first = Assert.Single(await failures.WaitForAsync(1, Token));

        await failures.RetryAsync(first.Id, Token);
        await Eventually.BecomesAsync(
            "It failed again", failures.ListAsync, list => list is [var one] && one.FailedAt > first.FailedAt, Deadline, Token);
        await installation.Program.KillAsync();
        await installation.StartAsync(Token);
        var kept = Assert.Single(await failures.WaitForAsync(1, Token));

        poison.Mend();
        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAsync(kept.Id, Token)).Status);
        await StoredAsync(installation, [car]);
        await failures.WaitForAsync(0, Token);
        await Accounting.VerifyAsync(installation, Acknowledged([car]), Token);
    }

    [Fact]
    public async Task Should_fail_once_when_killed_between_two_tries()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var car = await PostPoisonAsync(installation);
        await RandomMomentAsync("Kill", 50, 2_000);
        await installation.Program.KillAsync();
        await installation.StartAsync(Token);

        var failed = Assert.Single(await failures.WaitForAsync(1, Token));
        poison.Mend();
        await failures.RetryAsync(failed.Id, Token);
        await StoredAsync(installation, [car]);
        await Accounting.VerifyAsync(installation, Acknowledged([car]), Token);
    }

    [Fact]
    public async Task Should_send_all_of_a_type_again()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var cars = new[] { await PostPoisonAsync(installation), await PostPoisonAsync(installation), await PostPoisonAsync(installation) };
        var listed = await failures.WaitForAsync(3, Token);
        poison.Mend();

        var other = await failures.RetryAllAsync("NoSuchType", Token);
        Assert.True((int)other.Status is 202 or 404, $"An unknown type gave {other.Status}");
        Assert.Equal(3, (await failures.ListAsync(Token)).Count);
        Assert.Equal(HttpStatusCode.Accepted, (await failures.RetryAllAsync(listed[0].Type, Token)).Status);

        await StoredAsync(installation, cars);
        await failures.WaitForAsync(0, Token);
        await Accounting.VerifyAsync(installation, Acknowledged(cars), Token);
    }

    [Fact]
    public async Task Should_store_all_of_a_request_once_when_one_of_its_cars_was_the_poison()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var ids = new[] { NewId(poisonous: false), NewId(poisonous: true), NewId(poisonous: false) };
        Assert.Equal(HttpStatusCode.Accepted, (await installation.Api.PostCarsAsync(ids.Select(ClientCar.Of).ToList(), Token)).Status);
        var failed = Assert.Single(await failures.WaitForAsync(1, Token));

        poison.Mend();
        await failures.RetryAsync(failed.Id, Token);

        await StoredAsync(installation, ids);
        await failures.WaitForAsync(0, Token);
        await Accounting.VerifyAsync(installation, Acknowledged(ids), Token);
    }

    [Fact]
    public async Task Should_drop_what_is_deleted_and_know_no_other()
    {
        var (installation, failures, poison) = await StartPoisonedAsync();
        var car = await PostPoisonAsync(installation);
        var failed = Assert.Single(await failures.WaitForAsync(1, Token));

        var dropped = await failures.DeleteAsync(failed.Id, Token);
        Assert.True((int)dropped.Status is 200 or 204, $"{dropped.Status}");
        Assert.Empty(await failures.ListAsync(Token));
        Assert.Equal(HttpStatusCode.NotFound, (await failures.DeleteAsync(failed.Id, Token)).Status);
        var unknown = await failures.RetryAsync(failed.Id, Token);
        Assert.Equal(HttpStatusCode.NotFound, unknown.Status);
        Assert.Equal("application/problem+json", unknown.MediaType);

        poison.Mend();
        var neighbours = await PostAsync(installation, 1);
        await StoredAsync(installation, neighbours);
        Assert.Equal(0, installation.StoredCars.Times([car])[car]);
        Log($"After the drop: {await installation.Api.StatsAsync(Token)}");
    }

    private async Task<(Installation, FailuresApi, PoisonousMake)> StartPoisonedAsync()
    {
        var installation = Install();
        await installation.StartAsync(Token);
        var poison = new PoisonousMake(installation.DataDirectory, Make);
        poison.Poison();
        return (installation, new FailuresApi(installation.Api), poison);
    }

    private async Task<Guid> PostPoisonAsync(Installation installation)
    {
        var id = NewId(poisonous: true);
        Assert.Equal(HttpStatusCode.Accepted, (await installation.Api.PostCarsAsync([ClientCar.Of(id)], Token)).Status);
        return id;
    }

    // Each a request of its own, one after another, so that none shares a message with another.
    private async Task<IReadOnlyList<Guid>> PostAsync(Installation installation, int count)
    {
        var ids = Enumerable.Range(0, count).Select(_ => NewId(poisonous: false)).ToList();
        foreach (var id in ids)
            Assert.Equal(HttpStatusCode.Accepted, (await installation.Api.PostCarsAsync([ClientCar.Of(id)], Token)).Status);
        return ids;
    }

    // The make follows from the id, as everything about a client's car does.
    private Guid NewId(bool poisonous)
    {
        while (true)
        {
            var id = ClientCar.NewId(Random);
            if (string.Equals(ClientCar.Of(id).NormalizedMake, Make, StringComparison.Ordinal) == poisonous)
                return id;
        }
    }

    private static Task StoredAsync(Installation installation, IReadOnlyList<Guid> ids) => Eventually.HoldsAsync(
        $"{ids.Count} cars are stored", _ => Task.FromResult(installation.StoredCars.Times(ids).Values.All(static n => n == 1)), Deadline, Token);

    private static Acknowledgements Acknowledged(IReadOnlyList<Guid> ids)
    {
        var acknowledgements = new Acknowledgements();
        acknowledgements.Acknowledge(ids);
        return acknowledgements;
    }
}
