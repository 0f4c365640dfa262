using Xunit;

namespace ChatBot.Tests;

/// <summary>For what looks at the memory of the whole process: no other test runs meanwhile.</summary>
[CollectionDefinition(nameof(Alone), DisableParallelization = true)]
public sealed class Alone;
