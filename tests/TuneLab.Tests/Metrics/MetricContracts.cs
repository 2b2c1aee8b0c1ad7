using TuneLab.Data;
using TuneLab.Metrics;
using TuneLab.Testing.Contracts;

namespace TuneLab.Tests.Metrics;

public sealed class BinaryAucContract() : MetricContract(MetricCatalog.Get("auc", LearningTask.Binary));

public sealed class BinaryPraucContract() : MetricContract(MetricCatalog.Get("prauc", LearningTask.Binary));

public sealed class BinaryLoglossContract() : MetricContract(MetricCatalog.Get("logloss", LearningTask.Binary));

public sealed class BinaryAccuracyContract() : MetricContract(MetricCatalog.Get("accuracy", LearningTask.Binary));

public sealed class BinaryBalancedAccuracyContract() : MetricContract(MetricCatalog.Get("balanced_accuracy", LearningTask.Binary));

public sealed class BinaryF1Contract() : MetricContract(MetricCatalog.Get("f1", LearningTask.Binary));

public sealed class BinaryPrecisionContract() : MetricContract(MetricCatalog.Get("precision", LearningTask.Binary));

public sealed class BinaryRecallContract() : MetricContract(MetricCatalog.Get("recall", LearningTask.Binary));

public sealed class BinaryMccContract() : MetricContract(MetricCatalog.Get("mcc", LearningTask.Binary));

public sealed class BinaryBrierContract() : MetricContract(MetricCatalog.Get("brier", LearningTask.Binary));

public sealed class MulticlassLoglossContract() : MetricContract(MetricCatalog.Get("logloss", LearningTask.Multiclass));

public sealed class MulticlassAccuracyContract() : MetricContract(MetricCatalog.Get("accuracy", LearningTask.Multiclass));

public sealed class MulticlassAccuracyMacroContract() : MetricContract(MetricCatalog.Get("accuracy_macro", LearningTask.Multiclass));

public sealed class MulticlassMacroF1Contract() : MetricContract(MetricCatalog.Get("macro_f1", LearningTask.Multiclass));

public sealed class MulticlassTop3Contract() : MetricContract(MetricCatalog.Get("top_3", LearningTask.Multiclass));

public sealed class RegressionRmseContract() : MetricContract(MetricCatalog.Get("rmse", LearningTask.Regression));

public sealed class RegressionMaeContract() : MetricContract(MetricCatalog.Get("mae", LearningTask.Regression));

public sealed class RegressionMapeContract() : MetricContract(MetricCatalog.Get("mape", LearningTask.Regression));

public sealed class RegressionR2Contract() : MetricContract(MetricCatalog.Get("r2", LearningTask.Regression));

public sealed class RegressionRmsleContract() : MetricContract(MetricCatalog.Get("rmsle", LearningTask.Regression));

public sealed class RegressionMedianAeContract() : MetricContract(MetricCatalog.Get("median_ae", LearningTask.Regression));
