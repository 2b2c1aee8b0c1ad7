using System.Runtime.InteropServices;
using TuneLab.Hosting;

namespace TuneLab.Cli.Composition;

/// <summary>How this program starts itself.</summary>
internal static class ThisTool
{
    /// <summary><c>tunelab host</c>.</summary>
    public static HostCommand Host() => Command(["host"]);

    /// <summary>A verb of this build, also where something else than tunelab runs it.</summary>
    public static HostCommand Command(IReadOnlyList<string> arguments)
    {
        var tool = typeof(ThisTool).Assembly;
        if (Environment.ProcessPath is { } self && Path.GetFileNameWithoutExtension(self) == tool.GetName().Name)
        {
            return new HostCommand(self, arguments);
        }

        // the runtime that runs this lies in FOLDER/shared/Microsoft.NETCore.App/VERSION/
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        return new HostCommand(File.Exists(dotnet) ? dotnet : "dotnet", ["exec", tool.Location, .. arguments]);
    }
}
