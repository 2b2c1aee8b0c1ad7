using System.Runtime.CompilerServices;

namespace TuneLab.MLNet.Tests.Engine;

/// <summary>The contract blocks many threads of the pool at once, which ML.NET needs some of: without more of them each fit waits for the pool to grow.</summary>
internal static class ManyThreads
{
    [ModuleInitializer]
    internal static void Allow() => ThreadPool.SetMinThreads(48, 48);
}
