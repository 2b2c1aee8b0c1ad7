namespace TuneLab.Analysis.LearningCurves;

/// <summary>What as many trials again as a search had would find. Immutable.</summary>
/// <param name="Trials">How many trials it is told from, and for how many more.</param>
/// <param name="Best">The best score so far.</param>
/// <param name="Value">The best score then, in half of the cases this good or better; in the objective's unit, as good as <paramref name="Best"/> or better.</param>
/// <param name="Low">Lower end of the two-sided interval of <see cref="LearningCurveAnalysis.Level"/>.</param>
/// <param name="High">Upper end.</param>
/// <param name="Chance">How likely anything better is found at all, in [0, 1].</param>
/// <param name="Sentence">The same in words.</param>
public sealed record TrialsOutlook(int Trials, double Best, double Value, double Low, double High, double Chance, string Sentence);
