namespace TuneLab.Hosting.Tests;

/// <summary>One pool for all tests of a class: warm, and large enough for tests that hold several runs at once.</summary>
public sealed class PoolFixture : IDisposable
{
    public HostPool Pool { get; } = Pools.Of(8);

    public void Dispose() => Pool.Dispose();
}
