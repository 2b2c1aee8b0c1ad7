using System.Globalization;
using TuneLab.Data;
using TuneLab.Randomness;

namespace TuneLab.Tests.Data;

public class TypeInferenceTests
{
    [Theory]
    [InlineData("1,-2.5,+3,1e5,.5,7.", ColumnType.Number)]
    [InlineData("0,1,1", ColumnType.Number)]
    [InlineData("inf,-Infinity,3", ColumnType.Number)]
    [InlineData("007,012", ColumnType.Category)]
    [InlineData("1,2,x", ColumnType.Category)]
    [InlineData("1 000,2 000", ColumnType.Category)]
    [InlineData("True,FALSE,true", ColumnType.Boolean)]
    [InlineData("yes,No", ColumnType.Boolean)]
    [InlineData("T,F", ColumnType.Boolean)]
    [InlineData("yes,true", ColumnType.Category)]
    [InlineData("yes,no,maybe", ColumnType.Category)]
    [InlineData("2024-03-31,2024-04-01T12:30:05Z", ColumnType.Date)]
    [InlineData("2024/3/31,2024/12/1", ColumnType.Date)]
    [InlineData("31.03.2024,1.4.2024 08:15", ColumnType.Date)]
    [InlineData("31/03/2024,01/04/2024", ColumnType.Date)]
    [InlineData("03/31/2024,04/01/2024", ColumnType.Date)]
    [InlineData("01/02/2024,03/04/2024", ColumnType.Category)]
    [InlineData("31/03/2024,03/31/2024", ColumnType.Category)]
    [InlineData("31 Mar 2024,1 April 2024", ColumnType.Date)]
    [InlineData("2024-02-30,2024-01-01", ColumnType.Category)]
    [InlineData("NA,?", ColumnType.Number)]
    public void Read_Values_HaveType(string values, ColumnType expected)
        => Assert.Equal(expected, Csv.Column(values.Split(',')).Type);

    [Fact]
    public void Read_ValueThatDoesNotFitFarDown_ChangesTheType()
    {
        // The first thousand rows are looked at before; the odd one comes after them.
        var column = Csv.Column(Enumerable.Range(0, 3000).Select(i => i == 2500 ? "n/a" : i.ToString(CultureInfo.InvariantCulture)));

        Assert.Equal(ColumnType.Category, column.Type);
        Assert.Equal(("2499", "n/a"), (column.Text(2499), column.Text(2500)));
    }

    [Fact]
    public void Read_DayAboveTwelveFarDown_TellsDayAndMonthApart()
    {
        var column = Csv.Column(Enumerable.Range(0, 3000).Select(i => i == 2500 ? "13/02/2024" : "05/02/2024"));

        Assert.Equal(("2024-02-05", "2024-02-13"), (column.Text(0), column.Text(2500)));
    }

    [Theory]
    [InlineData("2024-03-31T23:30:00+02:00", "2024-03-31T21:30:00")]
    [InlineData("2024-03-31 23:30", "2024-03-31T23:30:00")]
    [InlineData("2024-03-31T23:30:00.125Z", "2024-03-31T23:30:00.125")]
    [InlineData("Mar 31, 2024", "2024-03-31")]
    [InlineData("31-Mar-2024", "2024-03-31")]
    public void Read_Date_IsThatInstant(string text, string expected)
    {
        // The comma form is quoted, as a file must.
        var column = Csv.Column(["\"" + text + "\""], ColumnType.Date);

        Assert.Equal(expected, column.Text(0));
    }

    [Fact]
    public void Read_DecimalCommas_OnlyWithSemicolons()
    {
        Assert.Equal(["1.5", "-2.25", "3"], Csv.Texts(Csv.Column(["1,5", "-2,25", "3"], separator: ';')));
        Assert.Equal(ColumnType.Category, Csv.Column(["1,5", "2.5"], separator: ';').Type);
        Assert.Equal(ColumnType.Category, Csv.Column(["1,5", "2,5"], separator: '|').Type);
    }

    [Fact]
    public void Read_Booleans_FalseFirstInTheFilesSpelling()
    {
        Assert.Equal(["No", "Yes"], ((CategoryColumn)Csv.Column(["Yes", "No", ""])).Levels);
        Assert.Equal(["FALSE", "TRUE"], ((CategoryColumn)Csv.Column(["TRUE", "TRUE"])).Levels);
        Assert.Equal([1, 0, -1], ((CategoryColumn)Csv.Column(["Yes", "No", ""])).Codes);
        Assert.Equal(["0", "1"], ((CategoryColumn)Csv.Column(["1", "0"], ColumnType.Boolean)).Levels);
        Assert.Equal(["false", "true"], ((CategoryColumn)Csv.Column(["y", "0"], ColumnType.Boolean)).Levels);
    }

    [Fact]
    public void Read_Categories_SortedWhateverComesFirst()
    {
        var column = (CategoryColumn)Csv.Column(["b", "a", "B", "ä", "a"]);

        Assert.Equal(["B", "a", "b", "ä"], column.Levels);
        Assert.Equal([2, 1, 0, 3, 1], column.Codes);
    }

    [Fact]
    public void Read_ManyLevels_EachKeepsItsText()
    {
        var random = new SeededRandom(1);
        var values = Enumerable.Range(0, 20_000).Select(_ => "k" + random.NextInt(5000).ToString("x8", CultureInfo.InvariantCulture)).ToArray();

        Assert.Equal(values, Csv.Texts(Csv.Column(values)));
    }

    [Fact]
    public void Read_SentencesMostlyDistinct_AreText()
    {
        var sentences = Enumerable.Range(0, 40).Select(i => $"the quick fox number {(char)('a' + i % 26)}{(char)('a' + i / 26)} jumps").ToArray();

        Assert.Equal(ColumnType.Text, Csv.Column(sentences).Type);
        Assert.Equal(ColumnType.Category, Csv.Column(sentences.Take(4).SelectMany(s => Enumerable.Repeat(s, 10))).Type);
        Assert.Equal(ColumnType.Category, Csv.Column(Enumerable.Range(0, 40).Select(i => $"AB-{i:D4}/{i * 7:D5} 12 34")).Type);
        Assert.Equal(ColumnType.Category, Csv.Column(sentences, ColumnType.Category).Type);
    }

    [Fact]
    public void Read_Override_TakesWhatInferenceDoesNot()
    {
        Assert.Equal([7, 12], ((NumberColumn)Csv.Column(["007", "012"], ColumnType.Number)).Values);
        Assert.Equal(["1", "2"], ((CategoryColumn)Csv.Column(["1", "2"], ColumnType.Category)).Levels);
        Assert.Equal(new string?[] { "1", null }, ((TextColumn)Csv.Column(["1", "NA"], ColumnType.Text)).Values);
    }

    [Fact]
    public void Read_RandomNumbers_EqualTheFrameworksParse()
    {
        var random = new SeededRandom(42);
        var texts = Enumerable.Range(0, 20_000).Select(i => (i % 5) switch
        {
            0 => (random.NextNormal() * Math.Pow(10, random.NextInt(30) - 15)).ToString("R", CultureInfo.InvariantCulture),
            1 => random.NextDouble().ToString("F" + random.NextInt(20).ToString(CultureInfo.InvariantCulture), CultureInfo.InvariantCulture),
            2 => (random.NextBits() >> random.NextInt(64)).ToString(CultureInfo.InvariantCulture),
            3 => BitConverter.UInt64BitsToDouble(random.NextBits()).ToString("R", CultureInfo.InvariantCulture).Replace("NaN", "-0", StringComparison.Ordinal),
            _ => (random.NextInt(2_000_000) - 1_000_000).ToString(CultureInfo.InvariantCulture) + "." + random.NextInt(100_000).ToString(CultureInfo.InvariantCulture),
        }).ToArray();

        var values = ((NumberColumn)Csv.Column(texts, ColumnType.Number)).Values;

        for (var i = 0; i < texts.Length; i++)
        {
            Assert.True(BitConverter.DoubleToUInt64Bits(double.Parse(texts[i], CultureInfo.InvariantCulture)) == BitConverter.DoubleToUInt64Bits(values[i]), $"'{texts[i]}' was read as {values[i]:R}");
        }
    }
}
