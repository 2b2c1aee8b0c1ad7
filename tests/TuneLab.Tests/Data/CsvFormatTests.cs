using System.Text;
using TuneLab.Data;

namespace TuneLab.Tests.Data;

public class CsvFormatTests
{
    [Theory]
    [InlineData(',')]
    [InlineData(';')]
    [InlineData('\t')]
    [InlineData('|')]
    public void Read_Separator_IsFound(char separator)
    {
        var data = Csv.Read("a,b,c\n1,2,x\n3,4,y\n".Replace(',', separator));

        Assert.Equal(["a", "b", "c"], data.Columns.Select(c => c.Name));
        Assert.Equal([2, 4], Csv.Numbers(data, "b"));
    }

    [Fact]
    public void Read_SeparatorsInsideQuotes_DoNotCount()
    {
        var data = Csv.Read("a;b\n\"1,2,3,4\";5\n\"6,7,8,9\";10\n\"1,1,1,1\";11\n");

        Assert.Equal(2, data.Columns.Count);
        Assert.Equal(["1,2,3,4", "6,7,8,9", "1,1,1,1"], Csv.Texts(data["a"]));
    }

    [Fact]
    public void Read_ExcelsSeparatorLine_IsObeyedAndSkipped()
    {
        var data = Csv.Read("sep=;\na;b\n1;2\n3;4\n");

        Assert.Equal(["a", "b"], data.Columns.Select(c => c.Name));
        Assert.Equal([1, 3], Csv.Numbers(data, "a"));
        Assert.Equal("t.csv line 4: 2 fields expected as in the header, 1 found.", Csv.Fault("sep=;\na;b\n1;2\n3\n").Message);
    }

    [Fact]
    public void Read_OneColumn_IsRead()
        => Assert.Equal([1.5, 2], Csv.Numbers(Csv.Read("x\n1.5\n2\n"), "x"));

    [Fact]
    public void Read_DecimalCommasBesideSemicolons_SemicolonIsTheSeparator()
        => Assert.Equal([1.5, 2.25], Csv.Numbers(Csv.Read("a;b\n1,5;3,5\n2,25;4,5\n"), "a"));

    [Fact]
    public void Read_CarriageReturnsOnly_EndLines()
        => Assert.Equal([1, 3], Csv.Numbers(Csv.Read("a,b\r1,2\r3,4\r"), "a"));

    [Fact]
    public void Read_SeparatorGiven_IsUsed()
        => Assert.Equal(["a,b"], Csv.Read("a,b;c\n1;2\n3;4\n", new CsvOptions { Separator = ';' }).Columns.Select(c => c.Name).Take(1));

    [Theory]
    [InlineData("\n")]
    [InlineData("\r\n")]
    public void Read_QuotesAndLineBreaks_AreUnquoted(string end)
    {
        var data = Csv.Read($"name,n{end}\"Smith, \"\"Jo\"\"\",1{end}\"two\nlines\",2{end} blanks ,3{end}5'6\",4");

        Assert.Equal(["Smith, \"Jo\"", "two\nlines", "blanks", "5'6\""], Csv.Texts(data["name"]));
        Assert.Equal([1, 2, 3, 4], Csv.Numbers(data, "n"));
    }

    public static TheoryData<string, byte[]> Encodings()
    {
        const string text = "straße,n\nköln,1\n";
        return new()
        {
            { "UTF-8", Encoding.UTF8.GetBytes(text) },
            { "UTF-8 with mark", [.. Encoding.UTF8.Preamble, .. Encoding.UTF8.GetBytes(text)] },
            { "UTF-16 LE", [.. Encoding.Unicode.Preamble, .. Encoding.Unicode.GetBytes(text)] },
            { "UTF-16 BE", [.. Encoding.BigEndianUnicode.Preamble, .. Encoding.BigEndianUnicode.GetBytes(text)] },
            { "Windows-1252", CodePagesEncodingProvider.Instance.GetEncoding(1252)!.GetBytes(text) },
        };
    }

    [Theory]
    [MemberData(nameof(Encodings))]
    public void Read_Encoding_IsFound(string name, byte[] bytes)
    {
        var data = Csv.Read(bytes);

        Assert.True(data.Find("straße") is not null, name);
        Assert.Equal("köln", data["straße"].Text(0));
    }

    [Fact]
    public void Read_Utf8SequenceAcrossBlocks_StaysUtf8()
    {
        // The first block that is looked at ends after 2^20 bytes; each offset puts the border elsewhere in the three bytes of a euro sign.
        for (var offset = 0; offset < 3; offset++)
        {
            var text = "a,b\n" + new string('x', offset) + string.Concat(Enumerable.Repeat("€", 360_000)) + ",1\n";

            Assert.EndsWith("€", Csv.Read(text)["a"].Text(0), StringComparison.Ordinal);
        }
    }

    [Fact]
    public void Read_MissingTokens_AreMissing()
    {
        var data = Csv.Read("a,b\n1,x\n,\nNA,na\nNaN,nan\nnull,NULL\n?,\"\"\n\"\",?\n2,none\n");

        Assert.Equal([1, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, double.NaN, 2], Csv.Numbers(data, "a"));
        Assert.Equal(["x", "", "", "", "", "", "", "none"], Csv.Texts(data["b"]));
        Assert.Equal(["none", "x"], ((CategoryColumn)data["b"]).Levels);
    }

    [Fact]
    public void Read_MissingTokensGiven_ReplaceTheUsualOnes()
    {
        var data = Csv.Read("a,b\n1,NA\n-,x\n", new CsvOptions { Missing = ["-"] });

        Assert.Equal([1, double.NaN], Csv.Numbers(data, "a"));
        Assert.Equal(["NA", "x"], Csv.Texts(data["b"]));
    }

    [Theory]
    [InlineData("a,b\n1,2\n", "a", "b")]
    [InlineData("1,2\n3,4\n", "column1", "column2")]
    [InlineData("x,1.5\ny,2\n", "column1", "column2")]
    [InlineData(",age,label\n0,41,yes\n1,39,no\n", "column1", "age")]
    [InlineData("a,,b,\n1,2,3,4\n", "a", "column2")]
    [InlineData("city,kind\nrome,big\nparis,big\n", "city", "kind")]
    [InlineData("rome,big\nparis,big\nrome,small\n", "column1", "column2")]
    [InlineData("id,2019,2020\na,1,2\nb,3,4\n", "column1", "column2")]
    [InlineData("n,2019,2020\n1,1,2\n2,3,4\n", "n", "2019")]
    public void Read_Header_IsFound(string text, string first, string second)
        => Assert.Equal([first, second], Csv.Read(text).Columns.Take(2).Select(c => c.Name));

    [Fact]
    public void Read_HeaderGiven_IsObeyed()
    {
        Assert.Equal(2, Csv.Read("a,b\nc,d\n", new CsvOptions { Header = false }).RowCount);
        Assert.Equal(["1", "2"], Csv.Read("1,2\n3,4\n", new CsvOptions { Header = true }).Columns.Select(c => c.Name));
    }

    [Fact]
    public void Read_Columns_OnlyThose()
    {
        var data = Csv.Read("a,b,c\n1,x,2\n3,y,4\n", new CsvOptions { Columns = ["c", "a"] });

        Assert.Equal(["a", "c"], data.Columns.Select(c => c.Name));
        Assert.Equal([2, 4], Csv.Numbers(data, "c"));
    }

    [Fact]
    public void Read_StreamThatCannotSeek_IsReadWhole()
    {
        using var file = new MemoryStream(Encoding.UTF8.GetBytes("a,b\n1,2\n"));
        using var stream = new System.IO.Compression.DeflateStream(Deflated(file), System.IO.Compression.CompressionMode.Decompress);

        Assert.Equal([2], Csv.Numbers(CsvDatasetReader.Read(stream, "t.csv"), "b"));
    }

    [Fact]
    public void Read_Cancelled_Stops()
    {
        using var stream = new MemoryStream(Encoding.UTF8.GetBytes("a,b\n1,2\n"));

        Assert.Throws<OperationCanceledException>(() => CsvDatasetReader.Read(stream, "t.csv", null, new CancellationToken(canceled: true)));
    }

    private static MemoryStream Deflated(Stream content)
    {
        var packed = new MemoryStream();
        using (var deflate = new System.IO.Compression.DeflateStream(packed, System.IO.Compression.CompressionLevel.Fastest, leaveOpen: true))
        {
            content.CopyTo(deflate);
        }

        packed.Position = 0;
        return packed;
    }
}
