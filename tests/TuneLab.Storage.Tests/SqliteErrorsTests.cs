using Microsoft.Data.Sqlite;
using TuneLab.Errors;
using TuneLab.Storage.Sqlite;

namespace TuneLab.Storage.Tests;

public sealed class SqliteErrorsTests
{
    [Theory]
    [InlineData(5, typeof(WorkFailedException), "stayed locked by another program")]
    [InlineData(6, typeof(WorkFailedException), "stayed locked by another program")]
    [InlineData(8, typeof(UnreachableException), "can't be opened for writing")]
    [InlineData(14, typeof(UnreachableException), "can't be opened for writing")]
    [InlineData(11, typeof(InputException), "is damaged")]
    [InlineData(26, typeof(InputException), "is not a TuneLab store")]
    [InlineData(13, typeof(WorkFailedException), "is full")]
    [InlineData(10, typeof(WorkFailedException), "may be that it is full")]
    public void Explain_Code_HasWordsAndAHint(int code, Type type, string words)
    {
        var cause = new SqliteException("the library's own words", code);
        var explained = SqliteErrors.Explain(cause, "/data/tunelab.db");
        Assert.IsType(type, explained);
        Assert.Contains(words, explained.Message);
        Assert.Contains("/data/tunelab.db", explained.Message);
        Assert.NotEmpty(((TuneLabException)explained).Hint!);
        Assert.Same(cause, explained.InnerException);
    }

    [Theory]
    [InlineData(10)]
    [InlineData(11)]
    [InlineData(1)]
    public void Explain_WordsThatEndInAFullStop_HasOneOnly(int code)
    {
        var message = SqliteErrors.Explain(new SqliteException("SQLite Error: 'the library's own words'.", code), "/data/tunelab.db").Message;
        Assert.EndsWith("'the library's own words'.", message);
    }

    [Fact]
    public void NotWritable_TheSystemSaysWhy_SaysIt()
        => Assert.Equal("The store '/data/tunelab.db' can't be opened for writing: No space left on device.", SqliteErrors.NotWritable("/data/tunelab.db", new IOException("No space left on device")).Message);

    [Fact]
    public void Explain_OtherCode_SaysWhatTheLibrarySaid()
    {
        var explained = SqliteErrors.Explain(new SqliteException("the library's own words", 1), "/data/tunelab.db");
        Assert.Equal("The store '/data/tunelab.db' failed: the library's own words.", Assert.IsType<TuneLabException>(explained).Message);
    }
}
