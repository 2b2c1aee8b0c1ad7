using System.Security.Cryptography;
using System.Text;
using TuneLab.Errors;

namespace TuneLab.Experiments.Commands;

/// <summary>Identifies a program as far as TuneLab can: its run string and the contents of the inputs that it declares, not where they lie.</summary>
internal static class CommandFingerprint
{
    /// <summary>SHA-256, 64 lower-case hex characters.</summary>
    /// <exception cref="InputException">Inputs are missing or can't be read: all of them.</exception>
    public static string Of(CommandPlan command, CancellationToken cancellation)
    {
        var text = new StringBuilder("command/1\n").Append(command.Run.Length).Append(':').Append(command.Run).Append('\n');
        var faults = new List<string>();
        foreach (var input in command.Inputs)
        {
            try
            {
                text.Append(InputDigest.Of(input, cancellation)).Append('\n');
            }
            catch (Exception e) when (e is IOException or UnauthorizedAccessException)
            {
                faults.Add(e is FileNotFoundException or DirectoryNotFoundException ? $"'inputs' names {input}, which is not there." : $"'inputs' names {input}, which can't be read: {e.Message}");
            }
        }

        return faults.Count == 0 ? Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())))
            : throw new InputException("The program's inputs can't be read:", faults);
    }
}
