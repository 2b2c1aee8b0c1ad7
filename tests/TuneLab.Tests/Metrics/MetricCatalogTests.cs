using TuneLab.Data;
using TuneLab.Errors;
using TuneLab.Metrics;
using TuneLab.Testing;

namespace TuneLab.Tests.Metrics;

public sealed class MetricCatalogTests
{
    [Theory]
    [InlineData(LearningTask.Binary, "auc,prauc,logloss,accuracy,balanced_accuracy,f1,precision,recall,mcc,brier")]
    [InlineData(LearningTask.Multiclass, "logloss,accuracy,accuracy_macro,macro_f1,top_3")]
    [InlineData(LearningTask.Regression, "rmse,mae,mape,r2,rmsle,median_ae")]
    public void ForTask_EachTask_HasItsMetricsWithTheDefaultFirst(LearningTask task, string ids)
    {
        Assert.Equal(ids, string.Join(",", MetricCatalog.ForTask(task).Select(m => m.Id)));
        Assert.Equal(ids.Split(',')[0], MetricCatalog.Default(task).Id);
        Assert.All(MetricCatalog.ForTask(task), m => Assert.Same(m, MetricCatalog.Get(m.Id, task)));
        Assert.Equal(MetricCatalog.ForTask(task).Count, MetricCatalog.Versions(task).Split(',').Distinct().Count());
    }

    [Fact]
    public void TasksOf_SharedAndUnknownIds_AreThoseThatHaveIt()
    {
        Assert.Equal([LearningTask.Binary, LearningTask.Multiclass], MetricCatalog.TasksOf("logloss"));
        Assert.Equal([LearningTask.Regression], MetricCatalog.TasksOf("r2"));
        Assert.Empty(MetricCatalog.TasksOf("r3"));
    }

    [Fact]
    public void Get_MetricOfAnotherTask_SaysWhichAndListsThoseOfThisOne()
    {
        var error = Assert.Throws<InputException>(() => MetricCatalog.Get("rmse", LearningTask.Binary));
        Assert.Equal("The metric 'rmse' is for regression, and the task is binary.", error.Message);
        Assert.StartsWith("The metrics of a binary task are: auc, prauc, logloss", error.Hint);
        Assert.Null(MetricCatalog.Find("rmse", LearningTask.Binary));
    }

    [Fact]
    public void Get_UnknownMetric_NamesTheNearest()
    {
        var error = Assert.Throws<InputException>(() => MetricCatalog.Get("rsme", LearningTask.Regression));
        Assert.Equal("There is no metric 'rsme'.", error.Message);
        Assert.StartsWith("did you mean 'rmse'?", error.Hint);
    }

    [Fact]
    public void Get_LabelThatItIsNotDefinedFor_SaysWhyAndListsTheOthers()
    {
        var error = Assert.Throws<InputException>(() => MetricCatalog.Get("rmsle", LabelTable.Numbers(40, 1)));
        Assert.StartsWith("The metric 'rmsle' can't judge 'label': ", error.Message);
        Assert.Equal("Choose another of the metrics of a regression task: rmse, mae, mape, r2, median_ae.", error.Hint);
        Assert.Equal("rmse", MetricCatalog.Get("rmse", LabelTable.Numbers(40, 1)).Id);
    }

    [Fact]
    public void ScoreAll_SomeMetrics_AreTheirScoresInOrder()
    {
        var predictions = RandomPredictions.Of(LearningTask.Binary, 50, 4, weighted: true);
        var metrics = MetricCatalog.ForTask(LearningTask.Binary).Reverse().ToArray();
        Assert.Equal(metrics.Select(m => m.Score(RandomPredictions.Of(LearningTask.Binary, 50, 4, weighted: true))), MetricCatalog.ScoreAll(predictions, metrics));
    }

    [Theory]
    [InlineData(LearningTask.Binary, "logloss")]
    [InlineData(LearningTask.Multiclass, "logloss")]
    public void TaskLoss_Classification_IsTheLogLoss(LearningTask task, string id)
    {
        foreach (var weighted in (bool[])[false, true])
        {
            var predictions = RandomPredictions.Of(task, 300, 8, weighted);
            Assert.Equal(MetricCatalog.Get(id, task).Score(predictions), TaskLoss.Of(predictions));
        }
    }

    [Fact]
    public void TaskLoss_Regression_IsTheMeanSquaredError()
    {
        var predictions = RandomPredictions.Of(LearningTask.Regression, 30, 8, weighted: true);
        Assert.Equal(Math.Pow(MetricCatalog.Get("rmse", LearningTask.Regression).Score(predictions), 2), TaskLoss.Of(predictions), 12);
        Assert.Equal(double.NaN, TaskLoss.Of(new Predictions(LearningTask.Regression, [1], [double.NaN], 1)));
    }
}
