using TuneLab.Hosting.Tests.Host;

namespace TuneLab.Hosting.Tests;

/// <summary>Pools of the tests' own host.</summary>
internal static class Pools
{
    /// <summary>A pool.</summary>
    /// <param name="hosts">The most at once.</param>
    /// <param name="memory">The limit in bytes, or null.</param>
    /// <param name="share">See <see cref="HostPoolOptions.ShareBytes"/>.</param>
    public static HostPool Of(int hosts = 2, long? memory = null, long? share = null) => new(new HostPoolOptions
    {
        Command = HostCommands.This(),
        Hosts = hosts,
        MemoryLimitBytes = memory,
        ShareBytes = share,
    });
}
