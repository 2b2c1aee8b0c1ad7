using TuneLab.Space;

namespace TuneLab.Testing;

/// <summary>A function to minimise whose best value is known.</summary>
/// <param name="Name">Its name in the literature.</param>
/// <param name="Space">Its usual domain.</param>
/// <param name="Optimum">The least value.</param>
/// <param name="Best">A configuration that has it.</param>
/// <param name="Evaluate">The function.</param>
public sealed record TestFunction(string Name, SearchSpace Space, double Optimum, Configuration Best, Func<Configuration, double> Evaluate);
