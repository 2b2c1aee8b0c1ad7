namespace TuneLab.Data;

/// <summary>What is learned.</summary>
public enum LearningTask
{
    /// <summary>One of two classes; a model gives the probability of the positive one.</summary>
    Binary,

    /// <summary>One of three or more classes; a model gives a probability for each.</summary>
    Multiclass,

    /// <summary>A number.</summary>
    Regression,
}
