using Microsoft.AspNetCore.Components;

namespace BusIngest.Api.Dashboard;

/// <summary>
/// A component that is rendered once what it shows is there. A <see cref="ComponentBase"/> is rendered before, too, as soon as its loading
/// has to wait for something.
/// </summary>
public abstract class LoadedComponent : ComponentBase
{
    /// <inheritdoc />
    public override async Task SetParametersAsync(ParameterView parameters)
    {
        // The view is good until the first wait only.
        parameters.SetParameterProperties(this);
        await LoadAsync();
        await base.SetParametersAsync(ParameterView.Empty);
    }

    /// <summary>Gets what is to be shown.</summary>
    protected abstract Task LoadAsync();
}
