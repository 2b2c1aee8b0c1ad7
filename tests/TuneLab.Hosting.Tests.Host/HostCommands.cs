using System.Runtime.InteropServices;
using TuneLab.Hosting;

namespace TuneLab.Hosting.Tests.Host;

/// <summary>Starts this program.</summary>
public static class HostCommands
{
    /// <summary>This program as a process of its own.</summary>
    /// <param name="arguments">See Program.cs.</param>
    public static HostCommand This(params string[] arguments)
        => new(Dotnet(), ["exec", typeof(HostCommands).Assembly.Location, .. arguments]);

    // The runtime that runs this lies in HOST/shared/Microsoft.NETCore.App/VERSION/.
    private static string Dotnet() => Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
}
