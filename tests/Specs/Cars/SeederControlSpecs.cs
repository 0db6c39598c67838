using BusIngest.Bus.Storage;
using BusIngest.Specs.Storage;
using BusIngest.Workers.Cars;
using BusIngest.Workers.Cars.Seeding;

namespace BusIngest.Specs.Cars;

public sealed class SeederControlSpecs : Spec
{
    private static readonly SeederOptions Options = new() { Enabled = true, IntervalMs = 30 };

    [Fact]
    public async Task Should_begin_as_the_settings_say()
    {
        var file = Own(await CarsFile.OpenAsync(Folder));

        Assert.Equal((true, 30), await LoadAsync(file, Options));
        Assert.Equal((false, 0), await LoadAsync(file, new() { Enabled = false, IntervalMs = 0 }));
    }

    [Fact]
    public async Task Should_stay_as_it_was_steered_over_a_restart()
    {
        await using (var earlier = await CarsFile.OpenAsync(Folder))
            await new SeederControl(Options, earlier.Database, TimeProvider.System).ConfigureAsync(running: false, intervalMs: 500, deadline: null, Token);

        var file = Own(await CarsFile.OpenAsync(Folder));

        Assert.Equal((false, 500), await LoadAsync(file, Options));
    }

    [Fact]
    public async Task Should_leave_alone_what_is_not_given()
    {
        var file = Own(await CarsFile.OpenAsync(Folder));
        var control = new SeederControl(Options, file.Database, TimeProvider.System);

        await control.ConfigureAsync(running: null, intervalMs: 0, deadline: null, Token);
        await control.ConfigureAsync(running: false, intervalMs: null, deadline: null, Token);

        Assert.Equal((false, 0), await LoadAsync(file, Options));
    }

    [Fact]
    public async Task Should_tell_of_every_change()
    {
        var file = Own(await CarsFile.OpenAsync(Folder));
        var control = new SeederControl(Options, file.Database, TimeProvider.System);
        var changed = control.Current.Changed;
        Assert.False(changed.IsCompleted);

        await control.ConfigureAsync(running: false, intervalMs: null, deadline: null, Token);

        await Soon(changed);
        Assert.False(control.Current.Changed.IsCompleted);
    }

    [Fact]
    public async Task Should_change_nothing_that_is_not_on_disk()
    {
        var file = Own(await CarsFile.OpenAsync(Folder));
        var control = new SeederControl(Options, file.Database, TimeProvider.System);
        Own(await UnwritableFile.ReplaceAsync(file.Database));

        await Assert.ThrowsAsync<StorageUnavailableException>(() => control.ConfigureAsync(running: false, intervalMs: 1, deadline: null, Token));

        Assert.Equal((true, 30), (control.Current.State.Running, control.Current.State.IntervalMs));
        Assert.False(control.Current.Changed.IsCompleted);
    }

    private static async Task<(bool Running, int IntervalMs)> LoadAsync(CarsFile file, SeederOptions options)
    {
        var control = new SeederControl(options, file.Database, TimeProvider.System);
        await control.LoadAsync(Token);
        return (control.Current.State.Running, control.Current.State.IntervalMs);
    }
}
