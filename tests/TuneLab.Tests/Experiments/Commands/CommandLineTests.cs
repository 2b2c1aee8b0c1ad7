using TuneLab.Experiments.Commands;
using TuneLab.Randomness;

namespace TuneLab.Tests.Experiments.Commands;

public class CommandLineTests
{
    private static readonly Dictionary<string, string> None = [];

    [Theory]
    [InlineData("python train.py", "python|train.py")]
    [InlineData("  a \t b\n c ", "a|b|c")]
    [InlineData("\"a b\" 'c \"d\"'", "a b|c \"d\"")]
    [InlineData("--name=\"a b\"c", "--name=a bc")]
    [InlineData("a \"\" ''", "a||")]
    [InlineData(@"C:\tools\x.exe ""C:\My Data\y""", @"C:\tools\x.exe|C:\My Data\y")]
    [InlineData("{{\"a\": 1}}", "{a:|1}")]
    [InlineData("'{{\"a\": 1}}'", "{\"a\": 1}")]
    [InlineData("a; rm -rf $HOME | b & c > d `e`", "a;|rm|-rf|$HOME|||b|&|c|>|d|`e`")]
    public void Fill_NoPlaceholders_PartsWordsAsDocumented(string text, string words) => Assert.Equal(words, string.Join('|', Parse(text).Fill(None)));

    [Theory]
    [InlineData("")]
    [InlineData("  ")]
    [InlineData("a \"b")]
    [InlineData("a 'b")]
    [InlineData("a {b")]
    [InlineData("a }")]
    [InlineData("a {}")]
    [InlineData("a {b c}")]
    [InlineData("a {1b}")]
    public void TryParse_Wrong_SaysWhy(string text)
    {
        Assert.False(CommandLine.TryParse(text, out _, out var fault));
        Assert.NotEmpty(fault);
    }

    [Fact]
    public void Placeholders_EachOnceInOrder() => Assert.Equal(["b", "a", "c.d-e"], Parse("x {b} --y={a}{b} '{c.d-e}' {{z}}").Placeholders);

    [Fact]
    public void Quote_AnyWords_ParsesBackToThem()
    {
        const string Alphabet = "ab {}\"'\\\t$;|&-=\u00e9\n";
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Seed((ulong)seed).Random();
            string[] words = [.. Enumerable.Range(0, 1 + random.NextInt(4)).Select(_ => string.Concat(Enumerable.Range(0, random.NextInt(9)).Select(_ => Alphabet[random.NextInt(Alphabet.Length)])))];
            var line = CommandLine.Quote(words);
            Assert.True(words.SequenceEqual(Parse(line).Fill(None)), $"seed {seed}: {line}");
        }
    }

    [Fact]
    public void Fill_AnyValue_ReachesTheProgramAsItIs()
    {
        const string Alphabet = "ab {}\"'\\\t$;|&-=\n{x}";
        var line = Parse("prog {x} --y={x} \"{x} z\"");
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new Seed((ulong)seed).Random();
            var value = string.Concat(Enumerable.Range(0, random.NextInt(12)).Select(_ => Alphabet[random.NextInt(Alphabet.Length)]));
            Assert.Equal(["prog", value, "--y=" + value, value + " z"], line.Fill(new Dictionary<string, string> { ["x"] = value }));
        }
    }

    private static CommandLine Parse(string text) => CommandLine.TryParse(text, out var line, out var fault) ? line : throw new ArgumentException(fault, nameof(text));
}
