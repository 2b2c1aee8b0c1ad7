using TuneLab.Data;
using TuneLab.Errors;

namespace TuneLab.Tests.Data;

public class CsvFaultTests
{
    [Fact]
    public void Read_NoSuchFile_NamesTheNearest()
    {
        var folder = Directory.CreateTempSubdirectory("tunelab-csv");
        try
        {
            File.WriteAllText(Path.Combine(folder.FullName, "churn.csv"), "a,b\n1,2\n");

            var error = Assert.Throws<InputException>(() => CsvDatasetReader.Read(Path.Combine(folder.FullName, "chrun.csv")));

            Assert.Contains("There is no file", error.Message, StringComparison.Ordinal);
            Assert.Contains("churn.csv", error.Hint, StringComparison.Ordinal);
            Assert.Contains("is a folder", Assert.Throws<InputException>(() => CsvDatasetReader.Read(folder.FullName)).Message, StringComparison.Ordinal);
            Assert.Contains("folder", Assert.Throws<InputException>(() => CsvDatasetReader.Read(Path.Combine(folder.FullName, "no", "a.csv"))).Hint, StringComparison.Ordinal);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Theory]
    [InlineData("", "t.csv is empty.")]
    [InlineData("\n\n", "t.csv is empty.")]
    [InlineData("a,b\n", "t.csv has a header and no rows.")]
    [InlineData("a,b\n1,2\n3\n", "t.csv line 3: 2 fields expected as in the header, 1 found.")]
    [InlineData("a,b\n\n\"1\nx\",2\n\n3,4,5\n", "t.csv line 6: 2 fields expected as in the header, 3 found.")]
    [InlineData("1,2\n3\n", "t.csv line 2: 2 fields expected, 1 found.")]
    [InlineData("a,b\n1,2\n3,\"x\n5,6\n", "t.csv line 3: a quote is opened and never closed.")]
    [InlineData("a,b,a\n1,2,3\n", "t.csv: the header repeats 'a' (2 times).")]
    [InlineData("PK\u0003\u0004\0\0\0\u0008", "t.csv is not a text file: it has zero bytes. A CSV file in UTF-8, UTF-16 with a byte order mark, or Windows-1252 is expected.")]
    [InlineData("\u0001\u0002\u0003,\u0004\u0005\u0006\n", "t.csv is not a text file: it is full of control characters. A CSV file in UTF-8, UTF-16 with a byte order mark, or Windows-1252 is expected.")]
    public void Read_Fault_SaysWhatAndWhere(string text, string expected)
    {
        var error = Csv.Fault(text);

        Assert.Equal(expected, error.Message);
        Assert.False(string.IsNullOrEmpty(error.Hint));
    }

    [Theory]
    [InlineData(ColumnType.Number, "t.csv line 4: 'abc' in column 'x' is no number.")]
    [InlineData(ColumnType.Boolean, "t.csv line 2: '1.5' in column 'x' is no truth value (true/false, yes/no, t/f, y/n, 1/0).")]
    [InlineData(ColumnType.Date, "t.csv line 2: '1.5' in column 'x' is no date (2024-03-31, 31.03.2024, 31 Mar 2024).")]
    public void Read_ValueOfAnotherTypeThanDeclared_NamesLineColumnAndText(ColumnType declared, string expected)
        => Assert.Equal(expected, Csv.Fault("x,y\n1.5,1\nNA,1\nabc,1\n", new CsvOptions { Types = new Dictionary<string, ColumnType> { ["x"] = declared } }).Message);

    [Fact]
    public void Read_SeveralColumnsOfOtherTypes_AllFaultsAtOnce()
    {
        var error = Csv.Fault("x,y\n1,a\nb,2\n", new CsvOptions { Types = new Dictionary<string, ColumnType> { ["x"] = ColumnType.Number, ["y"] = ColumnType.Number } });

        Assert.Equal(["t.csv line 3: 'b' in column 'x' is no number.", "t.csv line 2: 'a' in column 'y' is no number."], error.Faults);
    }

    [Fact]
    public void Read_DeclaredDateThatLeavesDayAndMonthOpen_AsksForIso()
        => Assert.Contains("which number is the day", Csv.Fault("x,y\n01/02/2024,1\n", new CsvOptions { Types = new Dictionary<string, ColumnType> { ["x"] = ColumnType.Date } }).Message, StringComparison.Ordinal);

    [Fact]
    public void Read_UnknownColumnInOptions_NamesTheNearest()
    {
        var error = Csv.Fault("income,age\n1,2\n", new CsvOptions { Types = new Dictionary<string, ColumnType> { ["incme"] = ColumnType.Number }, Columns = ["age", "hight"] });

        Assert.Equal(["t.csv has no column 'incme' (under types).", "t.csv has no column 'hight'."], error.Faults);
        Assert.StartsWith("did you mean 'income'?", error.Hint, StringComparison.Ordinal);
    }
}
