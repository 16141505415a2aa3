import io
import unittest
from unittest import mock

class Cart:
    def __init__(self, tax):
        self.items, self.tax = [], tax
    def total(self):
        return sum(self.items) * (1 + self.tax("DE"))

class CartTest(unittest.TestCase):
    def setUp(self):
        self.tax = mock.Mock(return_value=0.5)
        self.cart = Cart(self.tax)
    def test_total(self):
        self.cart.items += [10, 20]
        self.assertAlmostEqual(self.cart.total(), 45.0)
        self.tax.assert_called_once_with("DE")
    def test_fails(self):
        self.assertEqual([1, 2], [1, 3])
    @unittest.skip("not today")
    def test_skipped(self):
        pass
    def test_subtests(self):
        for n in (2, 3, 4):
            with self.subTest(n=n):
                self.assertEqual(n % 2, 0)
    def test_raises(self):
        with self.assertRaisesRegex(ZeroDivisionError, "division"):
            1 / 0

stream = io.StringIO()
result = unittest.TextTestRunner(stream, verbosity=0).run(unittest.defaultTestLoader.loadTestsFromTestCase(CartTest))
print(result.testsRun, len(result.failures), len(result.errors), len(result.skipped), result.wasSuccessful())
print([str(test).split()[0] for test, _ in result.failures], "AssertionError: Lists differ" in stream.getvalue())
