using System.Runtime.CompilerServices;
using System.Text.Json;

namespace TuneLab.Tests.Reference;

/// <summary>Numbers of other libraries, stored beside the script that made them.</summary>
internal static class ReferenceFile
{
    private static readonly JsonSerializerOptions CamelCase = new(JsonSerializerDefaults.Web);

    /// <param name="name">The file's name in this folder.</param>
    public static T Read<T>(string name) => JsonSerializer.Deserialize<T>(File.ReadAllBytes(Path.Combine(Folder(), name)), CamelCase)!;

    private static string Folder([CallerFilePath] string here = "") => Path.GetDirectoryName(here)!;
}
