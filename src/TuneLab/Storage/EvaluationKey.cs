using System.Security.Cryptography;
using System.Text;

namespace TuneLab.Storage;

/// <summary>
/// What makes two evaluations the same: everything that can change a score and nothing else. Not the experiment's name or objective, not
/// the stage or trial number.
/// </summary>
public sealed record EvaluationKey
{
    /// <summary>The layout of the canonical bytes; raised when a part is added.</summary>
    public const int Version = 1;

    /// <summary>Fingerprint of the data and its roles.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>How the fold was drawn: holdout, kind, folds, repeat, fold, seed and the splitter's version, as text.</summary>
    public required string Split { get; init; }

    /// <summary>The fraction of the fold's training rows, in (0, 1].</summary>
    public required double Rows { get; init; }

    /// <summary>Rounds and stopping rule, as text.</summary>
    public required string Rounds { get; init; }

    /// <summary>Trainer id and version, as text.</summary>
    public required string Trainer { get; init; }

    /// <summary>Versions of the encoding and of the metrics, as text.</summary>
    public required string Versions { get; init; }

    /// <summary>The configuration's canonical text.</summary>
    public required string Configuration { get; init; }

    /// <summary>The seed handed to the trainer.</summary>
    public required ulong Seed { get; init; }

    /// <summary>SHA-256 over the canonical bytes, 64 lower-case hex characters.</summary>
    public string Hash()
    {
        string[] parts =
        [
            "evaluation/" + Version.ToString(CultureInfo.InvariantCulture), Fingerprint, Split, Rows.ToString("R", CultureInfo.InvariantCulture), Rounds, Trainer,
            Versions, Configuration, Seed.ToString(CultureInfo.InvariantCulture),
        ];
        var text = new StringBuilder();
        foreach (var part in parts)
        {
            text.Append(part.Length).Append(':').Append(part).Append('\n'); // lengths keep parts apart whatever they hold
        }

        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));
    }
}
