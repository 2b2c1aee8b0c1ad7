using System.Text.Json;

namespace TuneLab.Cli.Tests;

/// <summary>What one command line gave.</summary>
/// <param name="Code">The exit code.</param>
/// <param name="Output">Standard output.</param>
/// <param name="Error">Standard error.</param>
public sealed record CliResult(int Code, string Output, string Error)
{
    /// <summary>Fails unless the exit code is this one; shows what was printed.</summary>
    public CliResult Expect(int code)
    {
        Assert.True(Code == code, $"exit code {Code}, not {code}\n--- output\n{Output}\n--- error\n{Error}");
        return this;
    }

    /// <summary>Standard output, which must be one JSON document and nothing else.</summary>
    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Output);
        return document.RootElement.Clone();
    }

    /// <summary>Fails unless it is one message for a person: exit code 2, "error:" first, no stack trace, nothing on standard output.</summary>
    public void ExpectBadInput(params string[] words) => ExpectError(2, words);

    /// <summary>The same with another exit code.</summary>
    public void ExpectError(int code, params string[] words)
    {
        Expect(code);
        Assert.StartsWith("error: ", Error, StringComparison.Ordinal);
        Assert.Equal(1, Error.Split("error: ").Length - 1);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.DoesNotContain("Exception", Error, StringComparison.Ordinal);
        foreach (var word in words)
        {
            Assert.Contains(word, Error, StringComparison.Ordinal);
        }
    }
}
