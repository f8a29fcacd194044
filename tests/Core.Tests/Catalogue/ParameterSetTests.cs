using Orchestrator.Core.Contracts;

namespace Core.Tests.Catalogue;

public sealed class ParameterSetTests
{
    private static KeyValuePair<string, ParameterValue> Pair(string name, long value) =>
        KeyValuePair.Create<string, ParameterValue>(name, new ParameterValue.Integer(value));

    [Fact]
    public void A_set_does_what_a_sorted_dictionary_does_whatever_the_order_of_assignments()
    {
        var chance = new Random(1);
        var set = ParameterSet.Empty;
        var model = new SortedDictionary<string, long>(StringComparer.Ordinal);
        for (var step = 0; step < 2000; step++)
        {
            var (name, value) = ($"{(char)('A' + chance.Next(40))}{chance.Next(3)}", chance.Next(5));
            if (chance.Next(3) == 0)
            {
                set = set.Without(name);
                model.Remove(name);
            }
            else
            {
                set = set.With(name, new ParameterValue.Integer(value));
                model[name] = value;
            }
            Assert.Equal(model.Keys, set.Names);
            Assert.Equal(model.Count, set.Count);
            Assert.Equal(model.ContainsKey(name), set.Contains(name));
            Assert.Equal(model.TryGetValue(name, out var there) ? there : null, (set.Find(name) as ParameterValue.Integer)?.Value);
        }
        var shuffled = model.Select(pair => Pair(pair.Key, pair.Value)).OrderBy(_ => chance.Next());
        Assert.Equal(set, ParameterSet.Of(shuffled));
        Assert.Equal(set.GetHashCode(), ParameterSet.Of(shuffled).GetHashCode());
        Assert.Equal(set, ParameterSet.FromJson(set.ToJson()));
    }

    [Fact]
    public void A_later_assignment_replaces_an_earlier_one() =>
        Assert.Equal("{\"a\":3,\"b\":1}", ParameterSet.Of([Pair("b", 1), Pair("a", 2), Pair("a", 3)]).ToJson());

    [Fact]
    public void Sets_of_other_values_or_names_differ()
    {
        var set = ParameterSet.Of([Pair("a", 1), Pair("b", 2)]);
        Assert.NotEqual(set, ParameterSet.Of([Pair("a", 1), Pair("b", 3)]));
        Assert.NotEqual(set, ParameterSet.Of([Pair("a", 1), Pair("c", 2)]));
        Assert.NotEqual(set, ParameterSet.Of([Pair("a", 1)]));
        Assert.NotEqual(set, ParameterSet.Empty.With("a", new ParameterValue.Real(1)).With("b", new ParameterValue.Integer(2)));
    }
}
